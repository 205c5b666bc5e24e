import { groupBy } from '../rows/group-by.ts'
import type { Row } from '../rows/scalars.ts'

/** Fewer than half of what ClickHouse allows an insert by default. */
export const partitionsPerInsertMax = 50
const rowsPerInsertMax = 20_000

export interface PlacedRow {
  partition: string
  row: Row
}

/**
 * Splits rows so that no insert touches too many partitions. The same rows in the same order split the same
 * way, so that each part of a repeated batch bears the token it bore before.
 */
export function splitRows(rows: readonly PlacedRow[]): Row[][] {
  const byPartition = groupBy(rows, (placed) => placed.partition)
  const parts: Row[][] = []
  let part: Row[] = []
  let partitions = 0
  for (const group of byPartition.values()) {
    if (partitions === partitionsPerInsertMax) {
      parts.push(part)
      part = []
      partitions = 0
    }
    partitions += 1
    for (const { row } of group) {
      if (part.length === rowsPerInsertMax) {
        parts.push(part)
        part = []
        partitions = 1
      }
      part.push(row)
    }
  }
  if (part.length > 0) parts.push(part)
  return parts
}
