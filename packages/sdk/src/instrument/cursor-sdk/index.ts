import type { InstallResult } from '../shared/install-result.ts'
import { toTracer } from '../shared/to-tracer.ts'
import type { TracingInput } from '../shared/to-tracer.ts'
import { installCursorSdkInstrumentation } from './install.ts'

export { installCursorSdkInstrumentation } from './install.ts'
export type { InstallResult } from '../shared/install-result.ts'

/** Wraps agents of the module `@cursor/sdk`; see the install result for how far that was tested. */
export function instrumentCursorSdk(module: unknown, tracing?: TracingInput): InstallResult {
  return installCursorSdkInstrumentation(module, toTracer(tracing))
}
