export interface OtlpSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  startMs: number
  /** Absent while the span runs. */
  endMs?: number
  attributes?: Record<string, string | number | boolean>
  isError?: boolean
}

/** Posts spans the way an exporter does, as OTLP/JSON; throws unless every one was taken. */
export async function postSpans(to: { url: string; key: string }, spans: readonly OtlpSpan[]): Promise<void> {
  const body = {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'desk' } }] },
        scopeSpans: [{ scope: { name: 'test' }, spans: spans.map(toOtlp) }],
      },
    ],
  }
  const reply = await fetch(`${to.url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${to.key}` },
    body: JSON.stringify(body),
  })
  const text = await reply.text()
  if (!reply.ok || text.includes('rejected')) throw new Error(`OTLP answered ${reply.status}: ${text}`)
}

export interface OtlpLog {
  traceId: string
  spanId?: string
  atMs: number
  body: string
  attributes?: Record<string, string | number | boolean>
}

/** Posts log records the way an exporter does. */
export async function postLogs(to: { url: string; key: string }, logs: readonly OtlpLog[]): Promise<void> {
  const logRecords = logs.map(({ traceId, spanId, atMs, body, attributes = {} }) => ({
    traceId,
    ...(spanId === undefined ? {} : { spanId }),
    timeUnixNano: `${atMs}000000`,
    body: { stringValue: body },
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: toValue(value) })),
  }))
  const body = { resourceLogs: [{ resource: {}, scopeLogs: [{ scope: { name: 'test' }, logRecords }] }] }
  const reply = await fetch(`${to.url}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${to.key}` },
    body: JSON.stringify(body),
  })
  const text = await reply.text()
  if (!reply.ok || text.includes('rejected')) throw new Error(`OTLP answered ${reply.status}: ${text}`)
}

function toOtlp(span: OtlpSpan) {
  const { traceId, spanId, parentSpanId, name, startMs, endMs, attributes = {}, isError } = span
  const all = endMs === undefined ? { ...attributes, 'clew.span.state': 'running' } : attributes
  return {
    traceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name,
    kind: 1,
    startTimeUnixNano: `${startMs}000000`,
    endTimeUnixNano: endMs === undefined ? '0' : `${endMs}000000`,
    attributes: Object.entries(all).map(([key, value]) => ({ key, value: toValue(value) })),
    ...(isError === true ? { status: { code: 2, message: 'it failed' } } : {}),
  }
}

function toValue(value: string | number | boolean) {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}
