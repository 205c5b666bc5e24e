import type { CanonicalSpan, WireSpan } from '@clew/semconv/span'
import { readRows } from '../rows/read-rows.ts'
import { contentRow, leanSpanColumns, previewRow, spanColumns, spanRow } from '../rows/span-row.ts'
import type { ContentRow, PreviewRow, SpanRow } from '../rows/span-row.ts'
import { toTypedSpan, toWireSpan } from '../rows/to-wire-span.ts'
import type { SpanVersion } from '../rows/span-version.ts'
import type { Store } from '../store.ts'
import { locateTraces } from './locate-traces.ts'
import type { TraceRange } from './locate-traces.ts'
import { boundTime, receivedSince, receivedSinceParams, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

/** Binds `from`, `until`, `cutoff` and `traceIds`, and the project. */
export const matches = `project_id = {projectId:String}
  AND start_time >= greatest(${boundTime('from')}, ${boundTime('cutoff')}) AND start_time <= ${boundTime('until')}
  AND trace_id IN {traceIds:Array(String)}`

/**
 * All spans of the traces in order of start, one a span: an ended one beats a running one. `preview` gives
 * the first 400 characters of inputs and outputs, `none` no content at all, `full` everything.
 */
export async function readSpans(
  store: Store,
  args: ProjectScope & {
    traceIds: readonly string[]
    content: 'none' | 'preview' | 'full'
    range?: TraceRange
  },
): Promise<WireSpan[]> {
  return (await readParts(store, args)).map(toWireSpan)
}

/** The spans with what assembly decides by and their previews; attributes, resources and ledgers are left out. */
export async function readSpansToSummarise(
  store: Store,
  args: ProjectScope & { traceIds: readonly string[]; range?: TraceRange },
): Promise<WireSpan[]> {
  return (await readVersionsToSummarise(store, args)).map(({ span }) => span)
}

/** The newest version of a span, with what a summary needs of it. */
export interface VersionToSummarise {
  span: WireSpan
  /** As `readSpanKeys` gives it. */
  version: string
}

/** The same with the version of each. */
export async function readVersionsToSummarise(
  store: Store,
  args: ProjectScope & { traceIds: readonly string[]; range?: TraceRange },
): Promise<VersionToSummarise[]> {
  const parts = await readParts(store, { ...args, content: 'preview', columns: leanSpanColumns })
  return parts.map((part) => ({ span: toWireSpan(part), version: part.row.ver }))
}

/**
 * The newest versions of a trace's spans; with `receivedSinceMs` only of those received since then, among which may be
 * versions that an earlier, greater one has replaced.
 */
export async function readSpanVersions(
  store: Store,
  args: ProjectScope & {
    traceId: string
    content: 'none' | 'preview'
    range?: TraceRange
    receivedSinceMs?: number
  },
): Promise<SpanVersion[]> {
  const parts = await readParts(store, { ...args, traceIds: [args.traceId] })
  return parts.map((part) => ({
    span: toWireSpan(part),
    version: BigInt(part.row.ver),
    receivedAtMs: Number(part.row.received_ms),
  }))
}

/** The spans of one trace with all of their content, and with the types in which attributes came in; for export. */
export async function readTypedSpans(
  store: Store,
  args: ProjectScope & { traceId: string },
): Promise<CanonicalSpan[]> {
  const parts = await readParts(store, { ...args, traceIds: [args.traceId], content: 'full' })
  return parts.map(toTypedSpan)
}

async function readParts(
  store: Store,
  args: ProjectScope & {
    traceIds: readonly string[]
    content: 'none' | 'preview' | 'full'
    columns?: string
    range?: TraceRange
    receivedSinceMs?: number
  },
): Promise<{ row: SpanRow; content?: ContentRow; preview?: PreviewRow }[]> {
  const range = args.range ?? (await locateTraces(store, args))
  if (!range) return []
  const { receivedSinceMs } = args
  const params = {
    ...scopeParams(store, args),
    ...range,
    traceIds: args.traceIds,
    ...receivedSinceParams(receivedSinceMs),
  }
  // With a part of the versions FINAL could pick the wrong one; whoever asks for a part compares versions.
  const from = receivedSinceMs === undefined ? 'spans FINAL' : 'spans'
  const since = receivedSince(receivedSinceMs)
  const [rows, content] = await Promise.all([
    readRows(store, {
      sql: `SELECT ${args.columns ?? spanColumns} FROM ${from} WHERE ${matches}${since}`,
      params,
      row: spanRow,
    }),
    readContent(store, { params, content: args.content, since }),
  ])
  return newestVersions(rows)
    .toSorted(byStart)
    .map((row) => {
      const said = content.get(versionKey(row))
      return { row, ...(said && toContentArg(said)) }
    })
}

/** FINAL leaves two versions of a span whose start moved into another hour. */
function newestVersions(rows: readonly SpanRow[]): SpanRow[] {
  const newest = new Map<string, SpanRow>()
  for (const row of rows) {
    const key = row.trace_id + row.span_id
    const known = newest.get(key)
    if (!known || BigInt(row.ver) > BigInt(known.ver)) newest.set(key, row)
  }
  return [...newest.values()]
}

function byStart(a: SpanRow, b: SpanRow): number {
  if (a.start_ns.length !== b.start_ns.length) return a.start_ns.length - b.start_ns.length
  if (a.start_ns !== b.start_ns) return a.start_ns < b.start_ns ? -1 : 1
  return a.span_id < b.span_id ? -1 : 1
}

/**
 * A content row belongs to the version of the span that has its `ver`. All versions are read, since a newer
 * one may have come between the two questions.
 */
async function readContent(
  store: Store,
  args: {
    params: Record<string, string | readonly string[]>
    content: 'none' | 'preview' | 'full'
    since: string
  },
): Promise<Map<string, ContentRow | PreviewRow>> {
  if (args.content === 'none') return new Map()
  const row = args.content === 'full' ? contentRow : previewRow
  const columns = args.content === 'full' ? '*' : Object.keys(previewRow.shape).join(', ')
  const rows = await readRows<typeof contentRow | typeof previewRow>(store, {
    sql: `SELECT ${columns} FROM span_content
WHERE ${matches} AND start_time >= ${boundTime('contentCutoff')}${args.since}`,
    params: args.params,
    row,
  })
  return new Map(rows.map((content) => [versionKey(content), content]))
}

function versionKey(row: { trace_id: string; span_id: string; ver: string }): string {
  return `${row.trace_id}${row.span_id}${row.ver}`
}

function toContentArg(said: ContentRow | PreviewRow): { content: ContentRow } | { preview: PreviewRow } {
  return isPreview(said) ? { preview: said } : { content: said }
}

function isPreview(said: ContentRow | PreviewRow): said is PreviewRow {
  return !('rest' in said)
}
