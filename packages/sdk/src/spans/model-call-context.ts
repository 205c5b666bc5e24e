import { createContextKey } from '@opentelemetry/api'
import type { Context, SpanContext } from '@opentelemetry/api'

// OpenTelemetry interns context keys by this text, so that two copies of the package understand each other.
const modelCallKey = createContextKey('clew.model-call')

/** The model call that work belongs to; a layer below that sees the same call records nothing of its own. */
export interface ActiveModelCall {
  spanContext: SpanContext
  system: string
}

export function setModelCall(context: Context, call: ActiveModelCall): Context {
  return context.setValue(modelCallKey, call)
}

/** The model call in whose course the context is, if any. */
export function getModelCall(context: Context): ActiveModelCall | undefined {
  const call = context.getValue(modelCallKey)
  return isModelCall(call) ? call : undefined
}

function isModelCall(value: unknown): value is ActiveModelCall {
  return typeof value === 'object' && value !== null && 'spanContext' in value
}
