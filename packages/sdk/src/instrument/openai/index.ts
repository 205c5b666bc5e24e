import type { InstallResult } from '../shared/install-result.ts'
import { toTracer } from '../shared/to-tracer.ts'
import type { TracingInput } from '../shared/to-tracer.ts'
import { installOpenAIInstrumentation } from './install.ts'

export { installOpenAIInstrumentation } from './install.ts'
export type { InstallResult } from '../shared/install-result.ts'

/** Records calls through an `openai` module or its client class in the tracing that `setup` returned. */
export function instrumentOpenAI(module: unknown, tracing?: TracingInput): InstallResult {
  return installOpenAIInstrumentation(module, toTracer(tracing))
}
