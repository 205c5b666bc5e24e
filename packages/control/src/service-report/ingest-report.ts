import { parseProjectId } from '@clew/domain'
import type { ProjectId } from '@clew/domain'
import { z } from 'zod'

const instant = z.iso.datetime()
const amount = z.number().nonnegative()
const projectId = z.custom<ProjectId>((id) => typeof id === 'string' && parseProjectId(id) !== undefined)

/** Records or whole requests of one project that were not taken, counted while they keep coming. */
const trouble = z.object({
  kind: z.enum(['rejected-records', 'refused-requests']),
  projectId,
  signal: z.enum(['traces', 'logs', 'metrics']),
  /** A code of the ingest; never anything of a payload. */
  reason: z.string().max(50),
  count: amount,
  firstAt: instant,
  lastAt: instant,
})

const refusedKey = z.object({
  at: instant,
  code: z.enum(['unknown-key', 'revoked-key', 'expired-key', 'forbidden']),
  hint: z.string().max(8),
})

/** How an ingest is, in numbers; the doctor puts them into words. Bytes and milliseconds. */
export const ingestReport = z.object({
  startedAt: instant,
  /** Bodies that are read, converted or waiting to be written. */
  queue: z.object({ bytes: amount, bytesMax: amount }),
  spool: z.object({
    bytes: amount,
    bytesMax: amount,
    files: amount,
    oldestAt: instant.optional(),
    /** Set aside, for a person to look at. */
    unreadableFiles: amount,
    /** Since when the store takes nothing. */
    storeAwaySince: instant.optional(),
  }),
  /** The disk of the spool. */
  disk: z.object({ freeBytes: amount, totalBytes: amount }).optional(),
  summariser: z.object({ waitingTraces: amount, behindMs: amount }),
  troubles: z.array(trouble),
  refusedKeys: z.array(refusedKey),
})
export type IngestReport = z.output<typeof ingestReport>
export type IngestTrouble = z.output<typeof trouble>
