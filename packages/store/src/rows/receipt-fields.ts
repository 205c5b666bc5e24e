import type { ClockSkew } from '@clew/semconv/span'

/** Between two clocks that are kept in time there may be this much. */
const toleranceNs = 1_000_000_000n

/** What a span's receipt says of it. A span that has ended is not waited for. */
export function toReceiptFields(of: {
  isRunning: boolean
  startNs: string
  durationNs: string
  receivedMs: string | number
}): { observedTimeUnixNano?: string; clockSkew?: ClockSkew } {
  const { isRunning, startNs, durationNs, receivedMs } = of
  // Nothing can be received before it happened: the sender's clock runs ahead of ours.
  const afterNs = BigInt(startNs) + BigInt(durationNs) - BigInt(receivedMs) * 1_000_000n
  return {
    ...(isRunning && { observedTimeUnixNano: `${receivedMs}000000` }),
    ...(afterNs > toleranceNs && { clockSkew: { afterReceiptNs: afterNs.toString() } }),
  }
}
