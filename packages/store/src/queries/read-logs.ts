import type { AttributeValue, CanonicalLog, JsonValue } from '@clew/semconv/span'
import { toJsonValue } from '@clew/semconv/span'
import { z } from 'zod'
import { decodeAnyValue, toRecord } from '../rows/any-value.ts'
import { optionalIdColumn, optionalTextColumn, textMapColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import { parseRest } from '../rows/scalars.ts'
import { toRedactions } from '../rows/to-wire-span.ts'
import type { Store } from '../store.ts'
import { locateTraces } from './locate-traces.ts'
import type { TraceRange } from './locate-traces.ts'
import { boundTime, receivedSince, receivedSinceParams, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

const logRow = z.object({
  log_id: z.string(),
  ver: z.string(),
  received_ms: z.string(),
  trace_id: optionalIdColumn,
  span_id: optionalIdColumn,
  time_ns: z.string(),
  severity: optionalTextColumn,
  event_name: optionalTextColumn,
  scope: z.string(),
  body: z.string(),
  attributes: textMapColumn,
  resource: textMapColumn,
  task_log_kind: z.string(),
  task_log_line: z.string(),
  redaction_rules: z.array(z.string()),
  redaction_paths: z.array(z.string()),
  redaction_counts: z.array(z.number()),
  rest: z.string(),
})

/** The log records of the traces in order of time; those with content only while content may be seen. */
export async function readLogs(
  store: Store,
  args: ProjectScope & { traceIds: readonly string[]; range?: TraceRange },
): Promise<CanonicalLog<JsonValue>[]> {
  return (await readLogRows(store, args)).map((row) => toLog(row, toJsonValue))
}

/** The log records of one trace with the types in which their values came in; for export. */
export async function readTypedLogs(
  store: Store,
  args: ProjectScope & { traceId: string },
): Promise<CanonicalLog[]> {
  const rows = await readLogRows(store, { ...args, traceIds: [args.traceId] })
  return rows.map((row) => toLog(row, (value) => value))
}

/** A log record as it was first received. */
export interface LogVersion {
  id: string
  log: CanonicalLog<JsonValue>
  version: bigint
  receivedAtMs: number
}

/**
 * The log records of one trace in order of time; with `receivedSinceMs` only those received since then, among which
 * may be repeats of what was received before.
 */
export async function readLogVersions(
  store: Store,
  args: ProjectScope & { traceId: string; range?: TraceRange; receivedSinceMs?: number },
): Promise<LogVersion[]> {
  const { traceId, ...rest } = args
  const rows = await readLogRows(store, { ...rest, traceIds: [traceId] })
  return rows.map((row) => ({
    id: row.log_id,
    log: toLog(row, toJsonValue),
    version: BigInt(row.ver),
    receivedAtMs: Number(row.received_ms),
  }))
}

async function readLogRows(
  store: Store,
  args: ProjectScope & { traceIds: readonly string[]; range?: TraceRange; receivedSinceMs?: number },
): Promise<z.output<typeof logRow>[]> {
  const range = args.range ?? (await locateTraces(store, args))
  if (!range) return []
  return readRows(store, {
    sql: `SELECT log_id, ver, toUnixTimestamp64Milli(received_at) AS received_ms,
  trace_id, span_id, toUnixTimestamp64Nano(time) AS time_ns, severity, event_name, scope, body,
  attributes, resource, task_log_kind, task_log_line, redaction_rules, redaction_paths, redaction_counts, rest
FROM logs
WHERE project_id = {projectId:String} AND trace_id IN {traceIds:Array(String)}
  AND time >= greatest(${boundTime('from')}, ${boundTime('cutoff')}) AND time <= ${boundTime('until')}
  AND (NOT has_content OR time >= ${boundTime('contentCutoff')})${receivedSince(args.receivedSinceMs)}
ORDER BY time_ns, ver LIMIT 1 BY project_id, trace_id, log_id`,
    params: {
      ...scopeParams(store, args),
      ...range,
      ...receivedSinceParams(args.receivedSinceMs),
      traceIds: args.traceIds,
    },
    row: logRow,
  })
}

function toLog<Value>(
  row: z.output<typeof logRow>,
  toValue: (value: AttributeValue) => Value,
): CanonicalLog<Value> {
  return {
    ...(row.trace_id && { traceId: row.trace_id }),
    ...(row.span_id && { spanId: row.span_id }),
    timeUnixNano: row.time_ns,
    ...(row.severity && { severity: row.severity }),
    ...(row.event_name && { eventName: row.event_name }),
    ...(row.body !== '' && { body: toValue(decodeAnyValue(row.body)) }),
    attributes: decodeMap(row.attributes, toValue),
    resource: decodeMap(row.resource, toValue),
    scope: row.scope,
    ...(row.task_log_kind && { task: { kind: row.task_log_kind, line: row.task_log_line } }),
    ...(row.redaction_rules.length > 0 && { redactions: toRedactions(row) }),
    ...parseRest(row.rest),
  }
}

function decodeMap<Value>(
  map: { [key: string]: string },
  toValue: (value: AttributeValue) => Value,
): { [key: string]: Value } {
  return toRecord(
    Object.entries(map).map(([key, text]): [string, Value] => [key, toValue(decodeAnyValue(text))]),
  )
}
