import { groupBy } from '../rows/group-by.ts'

/** Fewer than half of what ClickHouse allows an insert by default. */
export const partitionsPerInsertMax = 50
const rowsPerInsertMax = 20_000

/** A row, in whatever form, and the partition that it falls into. */
export interface PlacedRow<Row> {
  partition: string
  row: Row
}

/**
 * Splits rows so that no insert touches too many partitions. The same rows in the same order split the same
 * way, so that each part of a repeated batch bears the token it bore before.
 */
export function splitRows<Row>(rows: readonly PlacedRow<Row>[]): Row[][] {
  return splitBy(rows, ({ partition }) => partition).map((part) => part.map(({ row }) => row))
}

/** As `splitRows`, by what tells a row's partition. */
export function splitBy<Row>(rows: readonly Row[], partitionOf: (row: Row) => string): Row[][] {
  const parts: Row[][] = []
  let part: Row[] = []
  let partitions = 0
  for (const group of groupBy(rows, partitionOf).values()) {
    if (partitions === partitionsPerInsertMax) {
      parts.push(part)
      part = []
      partitions = 0
    }
    partitions += 1
    for (const row of group) {
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
