/** Remembers requests by hash, so that one sent again is answered like the first and stored once. */
export interface RetryMemory<Outcome> {
  /** Runs `work` for a new key; joins the run or repeats the outcome for a known one. */
  once(key: string, work: () => Promise<Outcome>): Promise<Outcome>
}

const mostRemembered = 50_000

/** Only outcomes that `isFinal` are remembered: whoever failed may try again. */
export function createRetryMemory<Outcome>(options: {
  windowMs: number
  isFinal: (outcome: Outcome) => boolean
  clock: () => number
}): RetryMemory<Outcome> {
  const { windowMs, isFinal, clock } = options
  const known = new Map<string, { outcome: Promise<Outcome>; atMs: number }>()

  const forgetOld = (): void => {
    const oldest = clock() - windowMs
    for (const [key, { atMs }] of known) {
      if (atMs >= oldest && known.size <= mostRemembered) return
      known.delete(key)
    }
  }

  const run = async (key: string, work: () => Promise<Outcome>): Promise<Outcome> => {
    try {
      const outcome = await work()
      if (!isFinal(outcome)) known.delete(key)
      return outcome
    } catch (error) {
      known.delete(key)
      throw error
    }
  }

  return {
    once: (key, work) => {
      const entry = known.get(key)
      if (entry !== undefined && entry.atMs >= clock() - windowMs) return entry.outcome
      forgetOld()
      known.delete(key)
      const outcome = run(key, work)
      known.set(key, { outcome, atMs: clock() })
      return outcome
    },
  }
}
