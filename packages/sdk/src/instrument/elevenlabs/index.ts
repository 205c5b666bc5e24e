import type { InstallResult } from '../shared/install-result.ts'
import { toTracer } from '../shared/to-tracer.ts'
import type { TracingInput } from '../shared/to-tracer.ts'
import { installElevenLabsInstrumentation } from './install.ts'

export { installElevenLabsInstrumentation } from './install.ts'
export type { InstallResult } from '../shared/install-result.ts'

/** Records conversations of the module `@elevenlabs/client`. */
export function instrumentElevenLabs(module: unknown, tracing?: TracingInput): InstallResult {
  return installElevenLabsInstrumentation(module, toTracer(tracing))
}
