import { gzip } from 'node:zlib'
import { promisify } from 'node:util'
import { makeSpan, makeTraces, toProtobuf } from '@clew/ingest/testing'

const compress = promisify(gzip)

/** Bodies of a known number of spans, each body with ids of its own; what is stored is told apart by them. */
export interface Batches {
  spansPerTrace: number
  tracesPerBatch: number
  /** Tokens that each trace counts once. */
  tokensPerTrace: number
  bytes: number
  /** The same number always makes the same body. */
  body(number: number): Promise<Buffer>
  traceId(number: number, trace: number): string
}

const mark = 'fa'
const filler = 'The customer asks where the parcel is and whether it can still be sent to another address. '

/** A run of model and tool calls below one agent, some kilobytes a span as agents send them. */
export function createBatches(options: {
  traces: number
  spans: number
  contentBytes: number
  run?: number
}): Batches {
  const { traces, spans, contentBytes, run = 0 } = options
  const nowMs = Date.now() - 5000
  const template = toProtobuf(
    makeTraces(
      Array.from({ length: traces }, (_, trace) =>
        Array.from({ length: spans }, (_span, index) => buildSpan({ trace, index, nowMs, contentBytes })),
      ).flat(),
    ),
  )
  const ids = findIds(template, traces)
  return {
    spansPerTrace: spans,
    tracesPerBatch: traces,
    tokensPerTrace: (spans - 1) * 110,
    bytes: template.length,
    body: async (number) => {
      const body = Buffer.from(template)
      for (const at of ids) {
        body.writeUInt16BE(run, at + 2)
        body.writeUInt32BE(number, at + 4)
      }
      return await compress(body, { level: 1 })
    },
    traceId: (number, trace) => `${traceHead(trace)}${hex(run, 4)}${hex(number, 8)}`.padEnd(32, mark),
  }
}

// A trace id is [mark, trace][run][number] and eight bytes of mark; a span id [~mark, trace][run][number ^ index].
function traceHead(trace: number): string {
  return `${mark}${hex(trace, 2)}`
}

function buildSpan(args: { trace: number; index: number; nowMs: number; contentBytes: number }) {
  const { trace, index, nowMs, contentBytes } = args
  const text = filler.repeat(Math.ceil(contentBytes / filler.length)).slice(0, contentBytes)
  const common = {
    traceId: `${traceHead(trace)}000000000000`.padEnd(32, mark),
    spanId: spanId(index),
    startMs: nowMs + index,
    endMs: nowMs + index + 20,
  }
  if (index === 0) return makeSpan({ ...common, name: 'support', attributes: agent })
  return makeSpan({
    ...common,
    name: 'chat gpt-4o-mini',
    attributes: { ...model, 'input.value': text, 'output.value': text.slice(0, contentBytes / 4) },
    extra: { parentSpanId: spanId(0) },
  })
}

function spanId(index: number): string {
  return `0b${hex(index, 14)}`
}

const agent = { 'openinference.span.kind': 'AGENT', 'agent.name': 'Support', 'session.id': 'faults' }
const model = {
  'openinference.span.kind': 'LLM',
  'llm.model_name': 'gpt-4o-mini',
  'llm.token_count.prompt': 100n,
  'llm.token_count.completion': 10n,
}

/** Where the number of a body is written; span ids are unique within their trace and stay as they are. */
function findIds(template: Buffer, traces: number): number[] {
  const found: number[] = []
  for (let trace = 0; trace < traces; trace += 1) {
    const id = Buffer.from(`${traceHead(trace)}000000000000`.padEnd(32, mark), 'hex')
    for (let at = template.indexOf(id); at !== -1; at = template.indexOf(id, at + id.length)) found.push(at)
  }
  return found
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}
