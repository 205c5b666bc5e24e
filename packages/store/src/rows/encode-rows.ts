import type { EncodedRows } from '../driver/database.ts'

/** The escape that JSON.stringify writes for half a surrogate pair, and for nothing else. */
const halfSurrogate = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g

/** The seam to the wire: rows to the format that the engine is given. */
export function encodeRows(rows: readonly object[]): EncodedRows {
  const lines = rows.map((row) => toLine(row))
  return { format: 'JSONEachRow', bytes: Buffer.from(`${lines.join('\n')}\n`) }
}

/** Half a surrogate pair is no text: one such value would have the engine refuse the whole insert. */
function toLine(row: object): string {
  const line = JSON.stringify(row)
  return line.includes('\\ud') ? line.replace(halfSurrogate, '$1\uFFFD') : line
}
