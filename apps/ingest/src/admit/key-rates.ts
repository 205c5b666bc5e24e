/** What one key may send in a minute. */
export interface KeyRate {
  requestsPerMinute: number
  /** Of bodies as they travel. */
  bytesPerMinute: number
}

/** Counts what each key sends, in this process; several processes each allow the whole rate. */
export interface KeyRates {
  /** Counts a request; when the key has used up its minute, the seconds until it may ask again. */
  request(keyId: string, rate: KeyRate): number | undefined
  /** Counts a body once it was read; what it takes beyond the minute is paid back by the next requests. */
  body(keyId: string, bytes: number): void
}

interface Account {
  requests: number
  bytes: number
  atMs: number
}

const minuteMs = 60_000
const accountsMax = 50_000

/** A minute's worth may come at once and flows back evenly. */
export function createKeyRates({ clock }: { clock: () => number }): KeyRates {
  const accounts = new Map<string, Account>()
  const settle = (keyId: string, rate: KeyRate): Account => {
    const nowMs = clock()
    const known = accounts.get(keyId) ?? { requests: 0, bytes: 0, atMs: nowMs }
    const minutes = Math.max(0, nowMs - known.atMs) / minuteMs
    const account = {
      requests: Math.max(0, known.requests - minutes * rate.requestsPerMinute),
      bytes: Math.max(0, known.bytes - minutes * rate.bytesPerMinute),
      atMs: nowMs,
    }
    // The one that was used last stands last, so that the first is the one to forget.
    accounts.delete(keyId)
    accounts.set(keyId, account)
    return account
  }
  return {
    request: (keyId, rate) => {
      const account = settle(keyId, rate)
      const overRequests = (account.requests + 1 - rate.requestsPerMinute) / rate.requestsPerMinute
      const overBytes = (account.bytes - rate.bytesPerMinute) / rate.bytesPerMinute
      const minutes = Math.max(overRequests, overBytes)
      if (minutes > 0) return Math.max(1, Math.ceil(minutes * 60))
      account.requests += 1
      for (const oldest of accounts.keys()) {
        if (accounts.size <= accountsMax) break
        accounts.delete(oldest)
      }
      return undefined
    },
    body: (keyId, bytes) => {
      const account = accounts.get(keyId)
      if (account !== undefined) account.bytes += bytes
    },
  }
}
