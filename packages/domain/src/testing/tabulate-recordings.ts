import { listRecordings, loadRecording } from '@clew/testing/recordings'
import { compareRecording } from './compare-recording.ts'

/** Columns of the table, and the checks that count in each; the first that matches takes a check. */
const columns: readonly (readonly [string, RegExp])[] = [
  ['totals', /^traceTotals\./],
  [
    'tree',
    /^(?:spanCount|traceIds|kinds|agents|sessionIds|userIds|tools|hasError)$|(?<!\.(?:agent|tool))\.(?:spanId|traceId|parentSpanId|name|scope|drop)$/,
  ],
  ['kind', /\.kind$/],
  ['model', /\.(?:model|requestModel|provider)$/],
  ['usage', /\.usage\.\w+$/],
  ['cost', /\.costUsd\w*$/],
  ['finish', /\.finishReason$/],
  ['messages', /\.(?:inputRoles|inputMessages|outputMessages)$/],
  ['calls', /\.outputToolCalls$/],
  ['text', /\.(?:input|output|inputPrefix|outputPrefix|outputFromLog)$/],
  ['tool', /\.tool\.\w+$/],
  ['agent', /\.agent(?:\.\w+)?$/],
  ['identity', /\.(?:sessionId|userId|tenantId|tags)$/],
  ['status', /\.(?:status|errorType|errorMessage)$/],
  ['other', /./],
]

/**
 * The recordings by what was found in them, as text: in each column the fields that are right, those that are not
 * after a slash, and a point where nothing of the kind is on the wire.
 */
export function tabulateRecordings(): string {
  const names = columns.map(([name]) => name)
  const rows = listRecordings().map((id) => {
    const { agreed, differences } = compareRecording(loadRecording(id))
    const right = countByColumn(agreed)
    const wrong = countByColumn(differences.map(({ field }) => field))
    return [id, ...names.map((name) => toCell(right.get(name) ?? 0, wrong.get(name) ?? 0))]
  })
  const table = [['recording', ...names], ...rows]
  const widths = [0, ...names].map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)))
  return table
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  '),
    )
    .join('\n')
}

function countByColumn(fields: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const field of fields) {
    const column = columns.find(([, matches]) => matches.test(field))?.[0] ?? 'other'
    counts.set(column, (counts.get(column) ?? 0) + 1)
  }
  return counts
}

function toCell(right: number, wrong: number): string {
  if (right + wrong === 0) return '·'
  return wrong === 0 ? String(right) : `${right}/${wrong}`
}
