/** The classes of days that data can be kept; part of the partition key in ClickHouse. */
export const retentionClasses = [1, 3, 7, 14, 30, 60, 90, 180, 365, 730] as const
export type RetentionDays = (typeof retentionClasses)[number]

/** How long a project keeps what, and what it may hold at all. */
export interface RetentionPolicy {
  metadataDays: RetentionDays
  /** Never longer than `metadataDays`. */
  contentDays: RetentionDays
}

export function isRetentionDays(days: number): days is RetentionDays {
  return retentionClasses.some((known) => known === days)
}
