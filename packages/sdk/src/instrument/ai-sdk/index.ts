import type { InstallResult } from '../shared/install-result.ts'
import { toTracer } from '../shared/to-tracer.ts'
import type { TracingInput } from '../shared/to-tracer.ts'
import { installAISdkInstrumentation } from './install.ts'

export { installAISdkInstrumentation } from './install.ts'
export { createAISdkTelemetrySettings } from './telemetry-settings.ts'
export type { AISdkTelemetryOptions, AISdkTelemetrySettings } from './telemetry-settings.ts'
export type { InstallResult } from '../shared/install-result.ts'

/** Records calls of the AI SDK 7 (the `ai` module) in the tracing that `setup` returned. */
export function instrumentAISdk(module: unknown, tracing?: TracingInput): InstallResult {
  return installAISdkInstrumentation(module, toTracer(tracing))
}
