import type { DecodedSpan } from '../../span/decoded.ts'
import type { Dialect } from '../detect-dialect.ts'
import type { DialectFacts } from '../draft.ts'
import { readAdk } from './read-adk.ts'
import { readAiSdk } from './read-ai-sdk.ts'
import { readClaudeCode } from './read-claude-code.ts'
import { readGenkit } from './read-genkit.ts'
import { readInference } from './read-inference.ts'
import { readLangfuse } from './read-langfuse.ts'
import { readLangsmith } from './read-langsmith.ts'
import { readLivekit } from './read-livekit.ts'
import { readLogfire } from './read-logfire.ts'
import { readMastra } from './read-mastra.ts'
import { readMlflow } from './read-mlflow.ts'
import { readOpenLlmetry } from './read-openllmetry.ts'
import { readPydanticAi } from './read-pydantic-ai.ts'
import { readStrands } from './read-strands.ts'
import { readVoltagent } from './read-voltagent.ts'

/** What a dialect's own reader finds; most dialects need none. */
export type DialectReader = (span: DecodedSpan) => DialectFacts

const readers: { readonly [dialect in Dialect]?: DialectReader } = {
  adk: readAdk,
  'ai-sdk': readAiSdk,
  'openinference-vercel': readAiSdk,
  'gen-ai': readAiSdk,
  'claude-code': readClaudeCode,
  genkit: readGenkit,
  inference: readInference,
  langfuse: readLangfuse,
  langsmith: readLangsmith,
  livekit: readLivekit,
  logfire: readLogfire,
  mastra: readMastra,
  openllmetry: readOpenLlmetry,
  mlflow: readMlflow,
  'pydantic-ai': readPydanticAi,
  strands: readStrands,
  voltagent: readVoltagent,
}

const noFacts: DialectFacts = {}

export function readDialect(dialect: Dialect, span: DecodedSpan): DialectFacts {
  return readers[dialect]?.(span) ?? noFacts
}
