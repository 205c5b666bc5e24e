import { installLangChainInstrumentation } from '../langchain/install.ts'
import type { InstallResult } from '../shared/install-result.ts'
import { toTracer } from '../shared/to-tracer.ts'
import type { TracingInput } from '../shared/to-tracer.ts'

export { installLangChainInstrumentation } from '../langchain/install.ts'
export type { InstallResult } from '../shared/install-result.ts'

/** Records graphs, which run through LangChain's callbacks; takes `@langchain/core/callbacks/manager`. */
export function instrumentLangGraph(module: unknown, tracing?: TracingInput): InstallResult {
  return installLangChainInstrumentation(module, toTracer(tracing))
}
