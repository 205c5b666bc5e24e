import type { tables } from '@clew/db'
import { z } from 'zod'

const integerMax = 2_147_483_647

/** What a key may send; what is absent is left to the ingest's own limits. */
export const keyLimitsInput = z.strictObject({
  requestsPerMinute: z.number().int().min(1).max(integerMax).optional(),
  /** Of bodies as they travel, that is mostly compressed. */
  bytesPerMinute: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  /** Of one body as it travels. */
  bodyBytesMax: z.number().int().min(1).max(integerMax).optional(),
})
export type KeyLimits = z.output<typeof keyLimitsInput>

type LimitColumns = Pick<
  typeof tables.apiKey.$inferSelect,
  'requestsPerMinute' | 'bytesPerMinute' | 'bodyBytesMax'
>

export function toKeyLimits({ requestsPerMinute, bytesPerMinute, bodyBytesMax }: LimitColumns): KeyLimits {
  return {
    ...(requestsPerMinute !== null && { requestsPerMinute }),
    ...(bytesPerMinute !== null && { bytesPerMinute }),
    ...(bodyBytesMax !== null && { bodyBytesMax }),
  }
}
