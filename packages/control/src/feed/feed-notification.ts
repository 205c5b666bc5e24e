import { feedKinds, parseProjectId } from '@clew/domain'
import type { FeedEntry, ProjectId } from '@clew/domain'
import { z } from 'zod'

export const feedChannel = 'clew_feed'
/** Postgres refuses payloads of 8000 bytes; longer entries are told of by number and read from the table. */
export const notificationBytesMax = 7900

const notification = z.object({
  p: z.string(),
  s: z.number().int(),
  k: z.enum(feedKinds).optional(),
  t: z.array(z.string()).optional(),
  c: z.array(z.string()).optional(),
})

export interface FeedNotification {
  projectId: ProjectId
  seq: number
  /** Absent when it was too long to be carried. */
  entry?: FeedEntry
}

export function parseFeedNotification(payload: string): FeedNotification | undefined {
  const parsed = notification.safeParse(toJson(payload))
  if (!parsed.success) return undefined
  const { p, s, k, t, c } = parsed.data
  const projectId = parseProjectId(p)
  if (projectId === undefined) return undefined
  if (k === undefined || t === undefined || c === undefined) return { projectId, seq: s }
  return { projectId, seq: s, entry: { seq: s, kind: k, traceIds: t, sessionIds: c } }
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
