import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { gunzipSync } from 'node:zlib'

export interface SinkSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  status: { code?: number; message?: string }
  scope: string
  attributes: AnyRecord
  resource: AnyRecord
  events: { name: string; attributes: AnyRecord }[]
}

export interface SinkLog {
  traceId?: string
  spanId?: string
  body: unknown
  attributes: AnyRecord
}

export interface SinkReply {
  status: number
  headers?: { [name: string]: string }
  body?: string
  delayMs?: number
}

export interface Sink {
  url: string
  requests: { path: string; headers: IncomingHttpHeaders; wireBytes: number; text: string }[]
  /** Spans as they came, start markers included. */
  all(): SinkSpan[]
  /** Finished spans, the last version of each. */
  spans(): SinkSpan[]
  span(name: string): SinkSpan
  logs(): SinkLog[]
  close(): Promise<void>
}

interface AnyRecord {
  readonly [key: string]: unknown
}

/** A small OTLP/JSON receiver that keeps what it got. `reply` may refuse or delay a request by its number. */
export async function startSink(
  options: { reply?: (index: number, path: string) => SinkReply; port?: number } = {},
): Promise<Sink> {
  const requests: Sink['requests'] = []
  const server = createServer((req, res) => {
    const parts: Buffer[] = []
    req.on('data', (part: Buffer) => parts.push(part))
    req.on('end', () => {
      const raw = Buffer.concat(parts)
      const reply = options.reply?.(requests.length, req.url ?? '') ?? { status: 200 }
      const text = (req.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString('utf8')
      requests.push({
        path: req.url ?? '',
        headers: req.headers,
        wireBytes: raw.length,
        text: reply.status === 200 ? text : '{}',
      })
      setTimeout(() => {
        res.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
        res.end(reply.body ?? '{}')
      }, reply.delayMs ?? 0)
    })
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const all = (): SinkSpan[] =>
    requests.filter((request) => request.path === '/v1/traces').flatMap((request) => parseSpans(request.text))
  const spans = (): SinkSpan[] => {
    const last = new Map<string, SinkSpan>()
    for (const span of all()) if (span.endTimeUnixNano !== '0') last.set(span.spanId, span)
    return [...last.values()]
  }
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    all,
    spans,
    span: (name) => {
      const found = spans().find((span) => span.name === name)
      if (found === undefined)
        throw new Error(
          `no span ${name} among ${spans()
            .map((span) => span.name)
            .join(', ')}`,
        )
      return found
    },
    logs: () =>
      requests.filter((request) => request.path === '/v1/logs').flatMap((request) => parseLogs(request.text)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function parseSpans(text: string): SinkSpan[] {
  return list(JSON.parse(text), 'resourceSpans').flatMap((resourceSpans) =>
    list(resourceSpans, 'scopeSpans').flatMap((scopeSpans) =>
      list(scopeSpans, 'spans').map((span) => ({
        traceId: String(span['traceId']),
        spanId: String(span['spanId']),
        ...(typeof span['parentSpanId'] === 'string' ? { parentSpanId: span['parentSpanId'] } : {}),
        name: String(span['name']),
        kind: Number(span['kind']),
        startTimeUnixNano: String(span['startTimeUnixNano']),
        endTimeUnixNano: String(span['endTimeUnixNano']),
        status: toStatus(record(span['status'])),
        scope: String(record(scopeSpans['scope'])['name']),
        attributes: toRecord(span),
        resource: toRecord(record(resourceSpans['resource'])),
        events: list(span, 'events').map((event) => ({
          name: String(event['name']),
          attributes: toRecord(event),
        })),
      })),
    ),
  )
}

function parseLogs(text: string): SinkLog[] {
  return list(JSON.parse(text), 'resourceLogs').flatMap((resourceLogs) =>
    list(resourceLogs, 'scopeLogs').flatMap((scopeLogs) =>
      list(scopeLogs, 'logRecords').map((log) => ({
        traceId: String(log['traceId']),
        spanId: String(log['spanId']),
        body: toValue(record(log['body'])),
        attributes: toRecord(log),
      })),
    ),
  )
}

function toStatus(status: AnyRecord): SinkSpan['status'] {
  const message = status['message']
  return { code: Number(status['code'] ?? 0), ...(typeof message === 'string' ? { message } : {}) }
}

function toRecord(holder: AnyRecord): AnyRecord {
  const pairs = list(holder, 'attributes').map((pair) => [
    String(pair['key']),
    toValue(record(pair['value'])),
  ])
  return Object.fromEntries(pairs)
}

function toValue(value: AnyRecord): unknown {
  const [kind] = Object.keys(value)
  if (kind === undefined) return null
  const inner = value[kind]
  if (kind === 'arrayValue') return list(record(inner), 'values').map(toValue)
  return kind === 'intValue' ? Number(inner) : inner
}

function list(value: unknown, name: string): AnyRecord[] {
  const found = record(value)[name]
  return Array.isArray(found) ? found.map(record) : []
}

function record(value: unknown): AnyRecord {
  return isRecord(value) ? value : {}
}

function isRecord(value: unknown): value is AnyRecord {
  return typeof value === 'object' && value !== null
}
