import { randomBytes } from 'node:crypto'

export interface TestSpan {
  traceId: string
  spanId?: string
  parentSpanId?: string
  name: string
  kind: 'AGENT' | 'LLM' | 'TOOL' | 'CHAIN'
  startMs: number
  /** Absent while it runs. */
  endMs?: number
  error?: string
  attributes?: Record<string, string | number>
}

/** A fresh trace id. */
export function newTraceId(): string {
  return randomBytes(16).toString('hex')
}

/** A fresh span id. */
export function newSpanId(): string {
  return randomBytes(8).toString('hex')
}

/** Posts spans as an app would, and gives back the status. */
export async function postSpans(options: {
  otlpUrl: string
  apiKey: string
  spans: readonly TestSpan[]
}): Promise<number> {
  const { otlpUrl, apiKey, spans } = options
  const response = await fetch(`${otlpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: toAttributes({ 'service.name': 'e2e' }) },
          scopeSpans: [{ scope: { name: 'e2e' }, spans: spans.map(toOtlp) }],
        },
      ],
    }),
  })
  await response.text()
  return response.status
}

/** Posts the pieces of a streamed answer, as the SDK sends them while it comes. */
export async function postDeltas(options: {
  otlpUrl: string
  apiKey: string
  span: { traceId: string; spanId: string }
  pieces: readonly { atMs: number; text: string }[]
}): Promise<number> {
  const { otlpUrl, apiKey, span, pieces } = options
  const logRecords = pieces.map(({ atMs, text }, index) => ({
    ...span,
    timeUnixNano: toNano(atMs),
    eventName: 'clew.delta',
    attributes: toAttributes({ 'clew.delta.seq': index, 'clew.delta.text': text }),
  }))
  const response = await fetch(`${otlpUrl}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({ resourceLogs: [{ scopeLogs: [{ scope: { name: 'e2e' }, logRecords }] }] }),
  })
  await response.text()
  return response.status
}

/** An agent's run of one model call and one tool call, ended or, without `endMs`, still at its tool. */
export function toRun(options: {
  traceId: string
  startMs: number
  endMs?: number
  input: string
  output?: string
  error?: string
}): TestSpan[] {
  const { traceId, startMs, endMs, input, output, error } = options
  const root = newSpanId()
  const model = {
    'llm.model_name': 'gpt-5-mini',
    'llm.token_count.prompt': 1200,
    'llm.token_count.completion': 80,
  }
  return [
    {
      traceId,
      spanId: root,
      name: 'Support Agent',
      kind: 'AGENT',
      startMs,
      ...(endMs === undefined ? {} : { endMs }),
      ...(error === undefined ? {} : { error }),
      attributes: {
        'agent.name': 'Support Agent',
        'input.value': input,
        ...(output === undefined ? {} : { 'output.value': output }),
      },
    },
    {
      traceId,
      parentSpanId: root,
      name: 'gpt-5-mini',
      kind: 'LLM',
      startMs,
      endMs: startMs + 200,
      attributes: model,
    },
    {
      traceId,
      parentSpanId: root,
      name: 'check_stock',
      kind: 'TOOL',
      startMs: startMs + 210,
      ...(endMs === undefined ? {} : { endMs }),
      ...(error === undefined ? {} : { error }),
      attributes: { 'tool.name': 'check_stock', 'input.value': '{"sku":"boots/skarv-gtx"}' },
    },
  ]
}

function toOtlp(span: TestSpan): Record<string, unknown> {
  const isRunning = span.endMs === undefined
  return {
    traceId: span.traceId,
    spanId: span.spanId ?? newSpanId(),
    ...(span.parentSpanId === undefined ? {} : { parentSpanId: span.parentSpanId }),
    name: span.name,
    kind: 1,
    startTimeUnixNano: toNano(span.startMs),
    endTimeUnixNano: span.endMs === undefined ? '0' : toNano(span.endMs),
    attributes: toAttributes({
      'openinference.span.kind': span.kind,
      ...(isRunning ? { 'clew.span.state': 'running' } : {}),
      ...span.attributes,
    }),
    status: span.error === undefined ? { code: isRunning ? 0 : 1 } : { code: 2, message: span.error },
  }
}

function toAttributes(attributes: Record<string, string | number>) {
  return Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }))
}

function toNano(ms: number): string {
  return (BigInt(Math.trunc(ms)) * 1_000_000n).toString()
}
