import type { InstallResult } from '../shared/install-result.ts'
import { toTracer } from '../shared/to-tracer.ts'
import type { TracingInput } from '../shared/to-tracer.ts'
import { installOpenAIAgentsInstrumentation } from './install.ts'

export { installOpenAIAgentsInstrumentation } from './install.ts'
export type { InstallResult } from '../shared/install-result.ts'

/** Records the OpenAI Agents SDK; takes the module `@openai/agents`. */
export function instrumentOpenAIAgents(module: unknown, tracing?: TracingInput): InstallResult {
  return installOpenAIAgentsInstrumentation(module, toTracer(tracing))
}
