import { dailyUntil } from '../schema/engine.ts'

const dayMs = 86_400_000
/** 1 January 1970 was a Thursday; weeks start on Mondays. */
const mondayShift = 3

/** The partition that a row falls into, named as the tables' partition clause forms it. */
export function partitionOf(args: { retentionDays: number; timeMs: number }): string {
  const day = Math.floor(args.timeMs / dayMs)
  const bucket = args.retentionDays <= dailyUntil ? day : day - ((((day + mondayShift) % 7) + 7) % 7)
  return `${args.retentionDays}/${bucket}`
}
