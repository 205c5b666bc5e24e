/** How a table's rows relate: `replacing` keeps the highest version of a key, `aggregating` merges by function. */
export type TableEngine =
  | { kind: 'replacing'; version: string; deleted?: string }
  | { kind: 'aggregating' }
  | { kind: 'plain' }

/** The one place that names an engine: a replicated or sharded install differs here and nowhere else. */
export function engineClause(engine: TableEngine): string {
  switch (engine.kind) {
    case 'replacing':
      return `ENGINE = ReplacingMergeTree(${[engine.version, ...(engine.deleted ? [engine.deleted] : [])].join(', ')})`
    case 'aggregating':
      return 'ENGINE = AggregatingMergeTree'
    case 'plain':
      return 'ENGINE = MergeTree'
  }
}

/** The embedded engine reports success when the disk is full in the middle of a write, so it never gets that far. */
const freeBytesMin = 256 * 1024 * 1024

/**
 * Acknowledged means on disk, and a repeated token is a no-op for as long as the window of the last
 * `non_replicated_deduplication_window` blocks reaches.
 */
export function tableSettings(): string {
  return [
    'SETTINGS non_replicated_deduplication_window = 10000',
    'fsync_after_insert = 1',
    'fsync_part_directory = 1',
    `min_free_disk_bytes_to_perform_insert = ${freeBytesMin}`,
  ].join(', ')
}

/**
 * The engine counts five megabytes for each part that it merges, so that without these it rewrites all of a table's
 * small parts with every fifth insert, of which a merge here costs as much processor time as the insert did.
 */
export const mergeSettings = 'min_parts_to_merge_at_once = 10, merge_selector_base = 10'

/**
 * A class of days and a day or week, so that data expire by dropping parts and never by rewriting them.
 * Classes up to `dailyUntil` days expire by the day.
 */
export function partitionClause(day: string): string {
  return `PARTITION BY (retention_days, if(retention_days <= ${dailyUntil}, toDate(${day}), toMonday(${day})))`
}

/** Up to this class of days a partition is a day, above it a week. */
export const dailyUntil = 14
