import type { Attributes, Span } from '@opentelemetry/api'
import { emptyResource } from '@opentelemetry/resources'
import type { Resource } from '@opentelemetry/resources'

import { sdkState } from '../provider/sdk-state.ts'
import { sdkName, sdkVersion } from '../version.ts'

const scope = { name: sdkName, version: sdkVersion }

/** Sends a log record that belongs to a span. */
export function sendLog(args: { span: Span; eventName: string; body: string; attributes: Attributes }): void {
  const { span, ...rest } = args
  sdkState().pipeline?.log({ ...rest, spanContext: span.spanContext(), resource: resourceOf(span), scope })
}

function resourceOf(span: Span): Resource {
  const resource: unknown = 'resource' in span ? span.resource : undefined
  return isResource(resource) ? resource : emptyResource()
}

function isResource(value: unknown): value is Resource {
  return typeof value === 'object' && value !== null && 'attributes' in value && 'merge' in value
}
