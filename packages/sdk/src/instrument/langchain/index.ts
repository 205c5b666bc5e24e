import type { InstallResult } from '../shared/install-result.ts'
import { toTracer } from '../shared/to-tracer.ts'
import type { TracingInput } from '../shared/to-tracer.ts'
import { installLangChainInstrumentation } from './install.ts'

export { installLangChainInstrumentation } from './install.ts'
export type { InstallResult } from '../shared/install-result.ts'

/** Records runs of LangChain; takes the module `@langchain/core/callbacks/manager`. */
export function instrumentLangChain(module: unknown, tracing?: TracingInput): InstallResult {
  return installLangChainInstrumentation(module, toTracer(tracing))
}
