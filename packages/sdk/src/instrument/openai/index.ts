import type { ClewTracing } from '../../clew-tracing.ts'
import type { InstallResult } from '../shared/install-result.ts'
import { installOpenAIInstrumentation } from './install.ts'

export { installOpenAIInstrumentation } from './install.ts'
export type { InstallResult } from '../shared/install-result.ts'

/** Records calls through an `openai` module or its client class in the tracing that `setup` returned. */
export function instrumentOpenAI(module: unknown, _tracing?: ClewTracing): InstallResult {
  return installOpenAIInstrumentation(module)
}
