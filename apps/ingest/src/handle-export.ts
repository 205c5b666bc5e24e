import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Control } from '@clew/control'
import { retentionOf } from '@clew/control'
import type { PriceBooks } from './convert/price-books.ts'
import { fail, ok, type Result } from '@clew/domain'
import type { Redactor } from '@clew/privacy'
import type { RowOwner } from '@clew/store'
import type { BudgetClaim, FairBudget } from './admit/fair-budget.ts'
import type { FairTurns, Turn } from './admit/fair-turns.ts'
import type { KeyRates } from './admit/key-rates.ts'
import { convertLogs } from './convert/convert-logs.ts'
import { convertTraces } from './convert/convert-traces.ts'
import { toSpanScores } from './convert/to-span-scores.ts'
import { describeRejections, type Rejection } from './convert/rejection.ts'
import { decodeLogsJson, decodeTracesJson } from './decode/decode-json.ts'
import { decodeLogsProtobuf, decodeTracesProtobuf } from './decode/decode-protobuf.ts'
import type { IngestLimits } from './ingest-config.ts'
import type { IngestMetrics } from './ingest-metrics.ts'
import type { PartialSuccess } from './reply/encode-reply.ts'
import { identifySender, type Sender } from './request/identify-sender.ts'
import { expectedSize, inflate } from './request/inflate.ts'
import { parseContent, type BodyFormat, type Compression } from './request/parse-content.ts'
import { readBody } from './request/read-body.ts'
import { overloaded, type RequestFailure } from './request/request-failure.ts'
import type { Signal } from './request/route.ts'
import type { IngestRows, WriteOutcome } from './write/ingest-rows.ts'
import type { TroubleTally } from './watch/trouble-tally.ts'
import type { RetryMemory } from './write/retry-memory.ts'

export interface ExportDeps {
  control: Control
  redactor: Redactor
  prices: PriceBooks
  limits: IngestLimits
  metrics: IngestMetrics
  troubles: TroubleTally
  clock: () => number
  /** Of requests under way, and of the bytes of their bodies as they travelled; each by project. */
  requests: FairBudget
  pendingBytes: FairBudget
  turns: FairTurns
  rates: KeyRates
  retries: RetryMemory<ExportOutcome>
  submit: (rows: IngestRows) => Promise<WriteOutcome>
  /** Told of exceptions that cost one record. */
  onBug: (error: unknown) => void
}

/** Taken, perhaps in part, or refused as a whole. */
export type ExportOutcome = Result<{ partial?: PartialSuccess }, RequestFailure>

interface ExportRequest {
  signal: Signal
  format: BodyFormat
  sender: Sender
  body: Buffer
}

interface Arrival {
  req: IncomingMessage
  signal: Signal
  content: { format: BodyFormat; compression: Compression }
  sender: Sender
}

/** One OTLP request through all stages: who, what, read, wait for a turn, inflate, then the records themselves. */
export async function handleExport(
  deps: ExportDeps,
  request: { req: IncomingMessage; signal: Signal },
): Promise<ExportOutcome> {
  const { req, signal } = request
  const sender = await identifySender(deps.control, req.headers)
  if (!sender.ok) return sender
  const outcome = await admit(deps, { ...request, sender: sender.value })
  if (!outcome.ok) {
    const { projectId } = sender.value
    deps.troubles.note({ kind: 'refused-requests', projectId, signal, reason: outcome.error.code })
  }
  return outcome
}

async function admit(deps: ExportDeps, request: Omit<Arrival, 'content'>): Promise<ExportOutcome> {
  const { req, sender } = request
  const content = parseContent(req.headers)
  if (!content.ok) return content
  const waitSeconds = deps.rates.request(sender.keyId, rateOf(deps.limits, sender))
  if (waitSeconds !== undefined) return fail(rateLimited(waitSeconds))
  const { projectId } = sender
  const seat = deps.requests.claim(projectId)
  const bytes = deps.pendingBytes.claim(projectId)
  try {
    if (!seat.grow(1)) return fail(overloaded)
    return await takeBody(deps, { ...request, content: content.value }, bytes)
  } finally {
    seat.release()
    bytes.release()
    deps.metrics.pendingBytes.set(deps.pendingBytes.used)
  }
}

function rateOf({ keyRequestsPerMinute, keyBytesPerMinute }: IngestLimits, { limits }: Sender) {
  return {
    requestsPerMinute: limits.requestsPerMinute ?? keyRequestsPerMinute,
    bytesPerMinute: limits.bytesPerMinute ?? keyBytesPerMinute,
  }
}

function rateLimited(retryAfterSeconds: number): RequestFailure {
  const message = `This key has sent what it may in a minute; try again in ${retryAfterSeconds} seconds`
  return { code: 'rate-limited', message, retryAfterSeconds }
}

async function takeBody(deps: ExportDeps, arrival: Arrival, claim: BudgetClaim): Promise<ExportOutcome> {
  const { limits, metrics, rates, turns } = deps
  const { req, signal, content, sender } = arrival
  const { compression } = content
  const travelled = await readBody({ req, claim, limits: bodyLimitsOf(limits, sender) })
  metrics.pendingBytes.set(deps.pendingBytes.used)
  if (!travelled.ok) return travelled
  rates.body(sender.keyId, travelled.value.length)
  metrics.bodyBytes.add(travelled.value.length, { signal })
  const size = expectedSize({ body: travelled.value, compression, bytesMax: limits.inflatedBytesMax })
  const turn = await turns.take(sender.projectId, size)
  if (turn === undefined) return fail(overloaded)
  try {
    const body = await inflate({
      body: travelled.value,
      compression,
      bytesMax: limits.inflatedBytesMax,
      ratioMax: limits.inflateRatioMax,
      mayHold: withinTurn(turn, size),
    })
    if (!body.ok) return body
    if (signal === 'metrics') return ok({})
    const known = { signal, format: content.format, sender, body: body.value }
    const token = hashRequest(known)
    return await deps.retries.once(token, () => storeRecords(deps, { ...known, token }))
  } finally {
    turn.end()
  }
}

function bodyLimitsOf(limits: IngestLimits, sender: Sender): Parameters<typeof readBody>[0]['limits'] {
  return {
    bytesMax: Math.min(limits.bodyBytesMax, sender.limits.bodyBytesMax ?? Infinity),
    timeoutMs: limits.bodyTimeoutMs,
    graceMs: limits.bodyGraceMs,
    rateMin: limits.bodyRateMin,
  }
}

/** A body that takes more than it declared gets more only while there is room. */
function withinTurn(turn: Turn, declaredBytes: number): (bytes: number) => boolean {
  let held = declaredBytes
  return (bytes) => {
    if (bytes <= held) return true
    if (!turn.grow(bytes - held)) return false
    held = bytes
    return true
  }
}

/** The same body for the same project and signal is the same request, however it was compressed. */
function hashRequest({ sender, signal, body }: ExportRequest): string {
  return createHash('sha256').update(`${sender.projectId}/${signal}/`).update(body).digest('hex')
}

async function storeRecords(
  deps: ExportDeps,
  request: ExportRequest & { token: string },
): Promise<ExportOutcome> {
  const { clock, control, metrics, submit } = deps
  const { signal, sender, body } = request
  const nowMs = clock()
  const { organisationId, projectId } = sender
  const owner: RowOwner = {
    organisationId,
    projectId,
    retention: await retentionOf(control, projectId),
    receivedAtMs: nowMs,
  }
  const converted = await convert(deps, { ...request, owner })
  if (!converted.ok) return converted
  const { rows, rejected } = converted.value
  const count = rows.spans.length + rows.logs.length
  metrics.received.add(count + rejected.length, { signal })
  const written: WriteOutcome =
    count === 0
      ? ok({ rejected: [] })
      : await submit({ token: request.token, owner, bytes: body.length, ...rows })
  if (!written.ok) return written
  const allRejected = [...rejected, ...written.value.rejected]
  metrics.accepted.add(count - written.value.rejected.length, { signal })
  noteRejected(deps, { rejected: allRejected, signal, projectId })
  return ok(allRejected.length === 0 ? {} : { partial: toPartial(allRejected, signal) })
}

function noteRejected(
  { metrics, troubles }: ExportDeps,
  of: { rejected: readonly Rejection[]; signal: Signal; projectId: Sender['projectId'] },
): void {
  const { rejected, signal, projectId } = of
  for (const { code } of rejected) {
    metrics.rejected.add(1, { signal, reason: code })
    troubles.note({ kind: 'rejected-records', projectId, signal, reason: code })
  }
}

type Rows = Pick<IngestRows, 'spans' | 'logs' | 'runEvents' | 'scores'>

async function convert(
  { redactor, prices, onBug }: ExportDeps,
  request: ExportRequest & { owner: RowOwner },
): Promise<Result<{ rows: Rows; rejected: Rejection[] }, RequestFailure>> {
  const { signal, format, body, owner } = request
  const window = { nowMs: owner.receivedAtMs, retentionDays: owner.retention.metadataDays }
  if (signal === 'logs') {
    const groups = format === 'json' ? decodeLogsJson(body) : decodeLogsProtobuf(body)
    if (!groups.ok) return groups
    const { rejected, ...rows } = await convertLogs({ groups: groups.value, window, redactor, onBug })
    return ok({ rows: { spans: [], ...rows }, rejected })
  }
  const groups = format === 'json' ? decodeTracesJson(body) : decodeTracesProtobuf(body)
  if (!groups.ok) return groups
  const { spans, rejected } = await convertTraces({
    groups: groups.value,
    window,
    redactor,
    prices: await prices.of(owner.projectId),
    onBug,
  })
  return ok({ rows: { spans, logs: [], runEvents: [], scores: spans.flatMap(toSpanScores) }, rejected })
}

function toPartial(rejected: readonly Rejection[], signal: Signal): PartialSuccess {
  const what = signal === 'logs' ? 'log record' : 'span'
  const count = `${rejected.length} ${what}${rejected.length === 1 ? '' : 's'} rejected`
  return { rejectedCount: rejected.length, message: `${count}: ${describeRejections(rejected)}` }
}
