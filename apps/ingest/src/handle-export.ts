import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Control } from '@clew/control'
import { retentionOf } from '@clew/control'
import { fail, ok, type Result } from '@clew/domain'
import type { Redactor } from '@clew/privacy'
import type { RowOwner } from '@clew/store'
import { convertLogs } from './convert/convert-logs.ts'
import { convertTraces } from './convert/convert-traces.ts'
import { describeRejections, type Rejection } from './convert/rejection.ts'
import { decodeLogsJson, decodeTracesJson } from './decode/decode-json.ts'
import { decodeLogsProtobuf, decodeTracesProtobuf } from './decode/decode-protobuf.ts'
import type { IngestLimits } from './ingest-config.ts'
import type { IngestMetrics } from './ingest-metrics.ts'
import type { PartialSuccess } from './reply/encode-reply.ts'
import { identifySender, type Sender } from './request/identify-sender.ts'
import { inflate } from './request/inflate.ts'
import { parseContent, type BodyFormat } from './request/parse-content.ts'
import { overloaded, readBody } from './request/read-body.ts'
import type { RequestFailure } from './request/request-failure.ts'
import type { Signal } from './request/route.ts'
import type { IngestRows, WriteOutcome } from './write/ingest-rows.ts'
import type { MemoryBudget, MemoryClaim } from './write/memory-budget.ts'
import type { RetryMemory } from './write/retry-memory.ts'

export interface ExportDeps {
  control: Control
  redactor: Redactor
  limits: IngestLimits
  metrics: IngestMetrics
  clock: () => number
  budget: MemoryBudget
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

/** One OTLP request through all stages: who, what, read, inflate, then the records themselves. */
export async function handleExport(
  deps: ExportDeps,
  request: { req: IncomingMessage; signal: Signal },
): Promise<ExportOutcome> {
  const { req, signal } = request
  const sender = await identifySender(deps.control, req.headers)
  if (!sender.ok) return sender
  const content = parseContent(req.headers)
  if (!content.ok) return content
  const claim = deps.budget.claim()
  try {
    const body = await readInflated(deps, { req, claim, compression: content.value.compression })
    if (!body.ok) return body
    deps.metrics.bodyBytes.add(body.value.travelledBytes, { signal })
    if (signal === 'metrics') return ok({})
    const known = { signal, format: content.value.format, sender: sender.value, body: body.value.body }
    const token = hashRequest(known)
    return await deps.retries.once(token, () => storeRecords(deps, { ...known, token }))
  } finally {
    claim.release()
    deps.metrics.pendingBytes.set(deps.budget.usedBytes)
  }
}

async function readInflated(
  { limits, budget, metrics }: ExportDeps,
  request: {
    req: IncomingMessage
    claim: MemoryClaim
    compression: Parameters<typeof inflate>[0]['compression']
  },
): Promise<Result<{ body: Buffer; travelledBytes: number }, RequestFailure>> {
  const { req, claim, compression } = request
  const travelled = await readBody({
    req,
    claim,
    bytesMax: limits.bodyBytesMax,
    timeoutMs: limits.bodyTimeoutMs,
  })
  if (!travelled.ok) return travelled
  const body = await inflate({ body: travelled.value, compression, bytesMax: limits.inflatedBytesMax })
  if (!body.ok) return body
  if (compression !== 'none' && !claim.grow(body.value.length)) return fail(overloaded)
  metrics.pendingBytes.set(budget.usedBytes)
  return ok({ body: body.value, travelledBytes: travelled.value.length })
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
  const owner: RowOwner = {
    ...sender,
    retention: await retentionOf(control, sender.projectId),
    receivedAtMs: nowMs,
  }
  const converted = await convert(deps, { ...request, owner })
  if (!converted.ok) return converted
  const { rows, rejected } = converted.value
  const count = rows.spans.length + rows.logs.length
  const written: WriteOutcome =
    count === 0
      ? ok({ rejected: [] })
      : await submit({ token: request.token, owner, bytes: body.length, ...rows })
  if (!written.ok) return written
  const allRejected = [...rejected, ...written.value.rejected]
  metrics.records.add(count - written.value.rejected.length, { signal })
  metrics.rejected.add(allRejected.length, { signal })
  return ok(allRejected.length === 0 ? {} : { partial: toPartial(allRejected, signal) })
}

type Rows = Pick<IngestRows, 'spans' | 'logs' | 'runEvents' | 'scores'>

async function convert(
  { redactor, onBug }: ExportDeps,
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
  const { spans, rejected } = await convertTraces({ groups: groups.value, window, redactor, onBug })
  return ok({ rows: { spans, logs: [], runEvents: [], scores: [] }, rejected })
}

function toPartial(rejected: readonly Rejection[], signal: Signal): PartialSuccess {
  const what = signal === 'logs' ? 'log record' : 'span'
  const count = `${rejected.length} ${what}${rejected.length === 1 ? '' : 's'} rejected`
  return { rejectedCount: rejected.length, message: `${count}: ${describeRejections(rejected)}` }
}
