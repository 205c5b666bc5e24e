import type { Tracer } from '@opentelemetry/api'

import { sdkState, sdkTracer } from '../../provider/sdk-state.ts'
import { sdkName } from '../../version.ts'

export interface AISdkTelemetryOptions {
  tracer?: Tracer
  /** Names what the call is for; becomes part of the span's name. */
  functionId?: string
  metadata?: { [key: string]: string | number | boolean | string[] }
  /** Default: as `privacy.content` says. */
  recordInputs?: boolean
  recordOutputs?: boolean
}

export interface AISdkTelemetrySettings {
  isEnabled: true
  tracer: Tracer
  recordInputs: boolean
  recordOutputs: boolean
  functionId?: string
  metadata?: { [key: string]: string | number | boolean | string[] }
}

/**
 * What `experimental_telemetry` of the AI SDK 5 and 6 takes so that a call is recorded. Version 7 needs no
 * settings: its calls are recorded once `setup` has run.
 */
export function createAISdkTelemetrySettings(options?: AISdkTelemetryOptions): AISdkTelemetrySettings
export function createAISdkTelemetrySettings(
  tracer: Tracer,
  options?: AISdkTelemetryOptions,
): AISdkTelemetrySettings
export function createAISdkTelemetrySettings(
  first: Tracer | AISdkTelemetryOptions = {},
  second: AISdkTelemetryOptions = {},
): AISdkTelemetrySettings {
  const options = 'startSpan' in first ? { tracer: first, ...second } : first
  const { tracer = sdkTracer(`${sdkName}/ai-sdk`), functionId, metadata } = options
  const keepsContent = sdkState().pipeline?.keepsContent ?? true
  return {
    isEnabled: true,
    tracer,
    recordInputs: options.recordInputs ?? keepsContent,
    recordOutputs: options.recordOutputs ?? keepsContent,
    ...(functionId === undefined ? {} : { functionId }),
    ...(metadata === undefined ? {} : { metadata }),
  }
}
