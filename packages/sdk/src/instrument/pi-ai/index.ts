import type { InstallResult } from '../shared/install-result.ts'
import { toTracer } from '../shared/to-tracer.ts'
import type { TracingInput } from '../shared/to-tracer.ts'
import { installPiAiInstrumentation } from './install.ts'

export { installPiAiInstrumentation } from './install.ts'
export type { InstallResult } from '../shared/install-result.ts'

/** Records model calls of Pi; takes the module `@mariozechner/pi-ai`. */
export function instrumentPiAi(module: unknown, tracing?: TracingInput): InstallResult {
  return installPiAiInstrumentation(module, toTracer(tracing))
}
