interface Rule {
  window: number
  max: number
}

interface Counted {
  count: number
  endsAtMs: number
}

const countedMax = 50_000

/** Counts requests per key in fixed windows, in this process. `window` is in seconds. */
export function createRateLimit({ clock }: { clock: () => number }): {
  consume: (key: string, rule: Rule) => Promise<{ allowed: boolean; retryAfter: number | null }>
} {
  const counted = new Map<string, Counted>()
  return {
    async consume(key, rule) {
      const nowMs = clock()
      const known = counted.get(key)
      const current =
        known === undefined || known.endsAtMs <= nowMs
          ? { count: 0, endsAtMs: nowMs + rule.window * 1000 }
          : known
      if (current.count >= rule.max) {
        return { allowed: false, retryAfter: Math.ceil((current.endsAtMs - nowMs) / 1000) }
      }
      if (counted.size >= countedMax) dropEnded(counted, nowMs)
      counted.set(key, { ...current, count: current.count + 1 })
      return { allowed: true, retryAfter: null }
    },
  }
}

function dropEnded(counted: Map<string, Counted>, nowMs: number): void {
  for (const [key, { endsAtMs }] of counted) if (endsAtMs <= nowMs) counted.delete(key)
  if (counted.size >= countedMax) counted.clear()
}
