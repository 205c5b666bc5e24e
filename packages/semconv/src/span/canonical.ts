import type { AttributeValue, OtlpSpanKind, OtlpStatusCode } from './decoded.ts'

/** What a span stands for in an agent run. OpenInference's ten kinds, plus APPROVAL, TASK, EVENT (a point in time) and UNKNOWN. */
export const spanKinds = [
  'AGENT',
  'LLM',
  'TOOL',
  'CHAIN',
  'RETRIEVER',
  'EMBEDDING',
  'RERANKER',
  'GUARDRAIL',
  'EVALUATOR',
  'PROMPT',
  'APPROVAL',
  'TASK',
  'EVENT',
  'UNKNOWN',
] as const
export type SpanKind = (typeof spanKinds)[number]

export type SpanState = 'running' | 'ended' | 'lost'
export type SpanStatus = 'unset' | 'ok' | 'error'

/** A value as JSON carries it: 64-bit integers beyond 2^53 and bytes (base64) are strings. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

/** Tokens. `input` includes cache reads and writes, `output` includes reasoning. */
export interface Usage {
  input?: number
  output?: number
  total?: number
  cacheRead?: number
  cacheWrite?: number
  reasoning?: number
}

/** Money. `reported` was sent by the app, `computed` comes from the price table, `unpriced` has no price. */
export interface Cost {
  input?: number
  output?: number
  total?: number
  currency: string
  source: 'reported' | 'computed' | 'unpriced'
  priceVersion?: string
}

export interface ToolCall {
  id?: string
  name: string
  /** The parsed JSON where it parses to an object or array, else the text as sent. */
  arguments?: JsonValue
}

export interface Message {
  role?: string
  content?: string
  reasoning?: string
  name?: string
  toolCallId?: string
  toolCalls?: ToolCall[]
}

export interface RetrievedDocument {
  id?: string
  content?: string
  score?: number
  metadata?: string
}

export interface Agent {
  id?: string
  name?: string
  role?: string
  version?: string
}

export interface Tool {
  name?: string
  version?: string
  callId?: string
  /** Text, usually JSON. */
  arguments?: string
  /** Text, usually JSON. */
  result?: string
  mcpServer?: string
}

export interface SpanEvent<Value> {
  name: string
  timeUnixNano: string
  attributes: { [key: string]: Value }
}

export interface SpanLink<Value> {
  traceId: string
  spanId: string
  traceState?: string
  attributes: { [key: string]: Value }
}

export interface Redaction {
  rule: string
  path: string
  count: number
}

/**
 * Numbers of a span that contradict each other. The canonical field keeps what its source says; the check says
 * what it should have been.
 * - `input-parts`: `usage.input` is not uncached + cacheRead + cacheWrite.
 * - `output-parts`: `usage.output` is less than its reasoning.
 * - `sent-total`: the total on the wire is not input + output, with the cache or without.
 * - `guessed-basis`: more cache than input was sent, so the cache was added to `usage.input`, although nothing
 *   is known of how this emitter counts.
 */
export interface SpanCheck {
  rule: 'input-parts' | 'output-parts' | 'sent-total' | 'guessed-basis'
  /** The canonical field in question. */
  field: string
  /** What the other numbers make it. */
  expected: number
  found: number
  /** Where the other numbers stand on the wire. */
  rawKey: string
}

/** The subset of the OTLP span that the canonical fields would lose; needed to export what came in. */
export interface OtlpRemainder {
  kind: OtlpSpanKind
  statusCode: OtlpStatusCode
  traceState?: string
  flags?: number
}

/** By how much a span's clock disagrees, in decimal nanoseconds. */
export interface ClockSkew {
  /** It starts this long before its parent does. */
  beforeParentNs?: string
  /** It starts or ends this long after the server received it. */
  afterReceiptNs?: string
}

/**
 * One span of any dialect in one shape. Absent means absent on the wire, never invented.
 * Field names are the wire names of `GET /v1/traces/:id`. Times are decimal strings of nanoseconds.
 */
export interface CanonicalSpan<Value = AttributeValue> {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: SpanKind
  scope: string
  scopeVersion?: string
  dialect: string
  state: SpanState
  startTimeUnixNano: string
  endTimeUnixNano?: string
  durationNs?: string
  /** Set on reading, while it runs: when its latest marker or snapshot was received. */
  observedTimeUnixNano?: string
  status: SpanStatus
  statusMessage?: string
  errorType?: string
  errorMessage?: string
  serviceName?: string
  serviceVersion?: string
  environment?: string
  agent?: Agent
  sessionId?: string
  userId?: string
  tenantId?: string
  runId?: string
  task?: { id?: string; type?: string }
  workflow?: { name?: string; version?: string }
  prompt?: { name?: string; version?: string }
  tags?: string[]
  model?: string
  requestModel?: string
  provider?: string
  finishReason?: string
  /** JSON text. */
  invocationParameters?: string
  timeToFirstTokenMs?: number
  usage?: Usage
  /** The cost that counts: what the app reported, else what the usage costs by the price in force. */
  cost?: Cost
  /** What the app reported. */
  reportedCost?: Cost
  /** What the usage costs by the price in force, beside a reported cost. */
  computedCost?: Cost
  input?: string
  inputMime?: string
  output?: string
  outputMime?: string
  inputMessages?: Message[]
  outputMessages?: Message[]
  outputToolCalls?: ToolCall[]
  tool?: Tool
  documents?: RetrievedDocument[]
  decision?: { summary?: string; action?: string; argumentsClass?: string }
  policy?: { name?: string; result?: string }
  approval?: { decision?: string; by?: string; waitMs?: number; editDistance?: number }
  retry?: { attempt?: number; reason?: string }
  stateDelta?: string
  budget?: { name?: string; limit?: number; used?: number }
  evidence?: string[]
  stopReason?: string
  outcome?: string
  attributes: { [key: string]: Value }
  resource: { [key: string]: Value }
  events: SpanEvent<Value>[]
  links: SpanLink<Value>[]
  redactions?: Redaction[]
  /** Set by assembly: the span that this one records a second time. */
  duplicateOf?: string
  /** Set by assembly: canonical fields that come from an ancestor. */
  inherited?: string[]
  /** Set by assembly: true when the parent was named but has not been seen. */
  parentMissing?: boolean
  /** Set on reading: true for the stand-in of a parent that was named and has not been seen yet. */
  isPlaceholder?: boolean
  /** Set on reading: where this span's times contradict another clock; its own are shown as they came. */
  clockSkew?: ClockSkew
  /**
   * Canonical field to `rawKey#rule`, written by the normaliser; `completeSources` adds what needs no note. Rules:
   * `direct` (as sent), `otlp` and `resource` (no attribute), `event`, `log`, `from-parent` and `inherited` (from
   * the span's surroundings), else how the value was read.
   */
  sources?: { [field: string]: string }
  /** Version of the rules that wrote this span, beside `dialect`. */
  normaliserVersion?: string
  /** Contradictions between the span's own numbers; absent where there are none. */
  checks?: SpanCheck[]
  otlp?: OtlpRemainder
}

/** A canonical span as JSON carries it. */
export type WireSpan = CanonicalSpan<JsonValue>

/** One log record in canonical form; content of a model call is joined on its span by assembly. */
export interface CanonicalLog<Value = AttributeValue> {
  traceId?: string
  spanId?: string
  timeUnixNano: string
  severity?: string
  eventName?: string
  body?: Value
  attributes: { [key: string]: Value }
  resource: { [key: string]: Value }
  scope: string
  /** Set where the record is a task's log line, by `clew.task.log`. */
  task?: { kind: string; line: string }
  redactions?: Redaction[]
}
