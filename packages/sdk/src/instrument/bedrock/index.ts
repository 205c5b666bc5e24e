import type { InstallResult } from '../shared/install-result.ts'
import { toTracer } from '../shared/to-tracer.ts'
import type { TracingInput } from '../shared/to-tracer.ts'
import { installBedrockInstrumentation } from './install.ts'

export { installBedrockInstrumentation } from './install.ts'
export type { InstallResult } from '../shared/install-result.ts'

/** Records calls through the module `@aws-sdk/client-bedrock-runtime`. */
export function instrumentBedrock(module: unknown, tracing?: TracingInput): InstallResult {
  return installBedrockInstrumentation(module, toTracer(tracing))
}
