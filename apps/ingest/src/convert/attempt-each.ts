import type { Result } from '@clew/domain'
import type { ReceivedGroup } from '../decode/received.ts'
import type { Rejection } from './rejection.ts'
import { createYielder } from './yield-to-others.ts'

/**
 * Converts each record on its own, and lets other requests run in between. A record that trips over a bug of
 * ours is rejected like a bad one, and the bug reported: its neighbours must not pay for it.
 */
export async function attemptEach<Received, Converted>(args: {
  groups: readonly ReceivedGroup<Received>[]
  convert: (received: Received, group: ReceivedGroup<Received>) => Result<Converted, Rejection>
  nameOf: (received: Received) => string
  onBug: (error: unknown) => void
}): Promise<{ kept: Converted[]; rejected: Rejection[] }> {
  const { groups, convert, nameOf, onBug } = args
  const kept: Converted[] = []
  const rejected: Rejection[] = []
  const yieldToOthers = createYielder()
  for (const group of groups) {
    for (const received of group.records) {
      try {
        const converted = convert(received, group)
        if (converted.ok) kept.push(converted.value)
        else rejected.push(converted.error)
      } catch (error) {
        onBug(error)
        rejected.push({
          code: 'failed',
          record: nameOf(received),
          reason: 'it could not be processed',
        })
      }
      const pause = yieldToOthers()
      // An await that needn't be costs as much as reading an attribute.
      if (pause !== undefined) await pause
    }
  }
  return { kept, rejected }
}
