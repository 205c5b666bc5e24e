import type { WireSpan } from '@clew/semconv/span'
import { readRows } from '../rows/read-rows.ts'
import { contentRow, previewRow, spanColumns, spanRow } from '../rows/span-row.ts'
import type { ContentRow, PreviewRow } from '../rows/span-row.ts'
import { toWireSpan } from '../rows/to-wire-span.ts'
import type { Store } from '../store.ts'
import { locateTraces } from './locate-traces.ts'
import { boundTime, scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

const matches = `project_id = {projectId:String}
  AND start_time >= greatest(${boundTime('from')}, ${boundTime('cutoff')}) AND start_time <= ${boundTime('until')}
  AND trace_id IN {traceIds:Array(String)}`

/**
 * All spans of the traces in order of start, one a span: an ended one beats a running one. `preview` gives
 * the first 400 characters of inputs and outputs, `none` no content at all, `full` everything.
 */
export async function readSpans(
  store: Store,
  args: ProjectScope & { traceIds: readonly string[]; content: 'none' | 'preview' | 'full' },
): Promise<WireSpan[]> {
  const range = await locateTraces(store, args)
  if (!range) return []
  const params = { ...scopeParams(store, args), ...range, traceIds: args.traceIds }
  const [rows, content] = await Promise.all([
    readRows(store, {
      sql: `SELECT * FROM (
  SELECT ${spanColumns} FROM spans
  WHERE ${matches}
  ORDER BY ver DESC LIMIT 1 BY trace_id, span_id
) ORDER BY start_ns, span_id`,
      params: { ...params },
      row: spanRow,
    }),
    readContent(store, { params, content: args.content }),
  ])
  return rows.map((row) => {
    const said = content.get(`${row.trace_id}${row.span_id}`)
    return toWireSpan({ row, ...(said?.ver === row.ver && toContentArg(said)) })
  })
}

/** A content row belongs to the version of the span that has its `ver`; one of another version is no longer true. */
async function readContent(
  store: Store,
  args: { params: Record<string, string | readonly string[]>; content: 'none' | 'preview' | 'full' },
): Promise<Map<string, ContentRow | PreviewRow>> {
  if (args.content === 'none') return new Map()
  const row = args.content === 'full' ? contentRow : previewRow
  const columns = args.content === 'full' ? '*' : Object.keys(previewRow.shape).join(', ')
  const rows = await readRows<typeof contentRow | typeof previewRow>(store, {
    sql: `SELECT ${columns} FROM span_content
WHERE ${matches} AND start_time >= ${boundTime('contentCutoff')}
ORDER BY ver DESC LIMIT 1 BY trace_id, span_id`,
    params: args.params,
    row,
  })
  return new Map(rows.map((content) => [`${content.trace_id}${content.span_id}`, content]))
}

function toContentArg(said: ContentRow | PreviewRow): { content: ContentRow } | { preview: PreviewRow } {
  return isPreview(said) ? { preview: said } : { content: said }
}

function isPreview(said: ContentRow | PreviewRow): said is PreviewRow {
  return !('rest' in said)
}
