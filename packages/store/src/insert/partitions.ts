import { dailyUntil } from '../schema/engine.ts'

const dayMs = 86_400_000
/** 1 January 1970 was a Thursday; weeks start on Mondays. */
const mondayShift = 3

/** The partition that a row falls into, named as the tables' partition clause forms it. */
export function partitionOf({ retentionDays, timeMs }: { retentionDays: number; timeMs: number }): string {
  return nameOf(retentionDays, Math.floor(timeMs / dayMs))
}

/** As `partitionOf`, for many rows of which most fall into the partition of the last. */
export function createPartitioner(): (retentionDays: number, timeMs: number) => string {
  let last = { retentionDays: Number.NaN, day: Number.NaN, name: '' }
  return (retentionDays, timeMs) => {
    const day = Math.floor(timeMs / dayMs)
    if (last.day !== day || last.retentionDays !== retentionDays) {
      last = { retentionDays, day, name: nameOf(retentionDays, day) }
    }
    return last.name
  }
}

function nameOf(retentionDays: number, day: number): string {
  const bucket = retentionDays <= dailyUntil ? day : day - ((((day + mondayShift) % 7) + 7) % 7)
  return `${retentionDays}/${bucket}`
}
