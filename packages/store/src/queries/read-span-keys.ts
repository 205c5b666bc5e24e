import { z } from 'zod'
import { readRows } from '../rows/read-rows.ts'
import { isTexts } from '../rows/column-checks.ts'
import type { Store } from '../store.ts'
import type { TraceRange } from './locate-traces.ts'
import { matches } from './read-spans.ts'
import { scopeParams } from './scope.ts'
import type { ProjectScope } from './scope.ts'

/** The version that counts of each span of a trace, by span id. */
export type SpanKeys = Map<string, string>

const keyRow = z.object({ trace_id: z.string(), keys: z.custom<string[]>(isTexts) })
const spanIdChars = 16

/**
 * Which versions of which spans the traces consist of now, by trace id. A ninth of what the spans themselves cost, for
 * whoever has most of them in memory.
 */
export async function readSpanKeys(
  store: Store,
  args: ProjectScope & { traceIds: readonly string[]; range: TraceRange },
): Promise<Map<string, SpanKeys>> {
  const rows = await readRows(store, {
    sql: `SELECT trace_id, groupArray(concat(span_id, toString(ver))) AS keys FROM spans
WHERE ${matches} GROUP BY project_id, trace_id`,
    params: { ...scopeParams(store, args), ...args.range, traceIds: args.traceIds },
    row: keyRow,
  })
  return new Map(rows.map((row) => [row.trace_id, newestOf(row.keys)]))
}

/** Without FINAL older versions are among them. */
function newestOf(texts: readonly string[]): SpanKeys {
  const keys: SpanKeys = new Map()
  for (const text of texts) {
    const spanId = text.slice(0, spanIdChars)
    const version = text.slice(spanIdChars)
    const known = keys.get(spanId)
    if (known === undefined || isGreater(version, known)) keys.set(spanId, version)
  }
  return keys
}

/** Of decimal numbers. */
function isGreater(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length
}
