/** What one request holds of the budget. */
export interface MemoryClaim {
  /** False, and nothing claimed, when the budget would be passed. */
  grow(bytes: number): boolean
  release(): void
}

/** Bytes that requests may hold together between arrival and acknowledgement. */
export interface MemoryBudget {
  claim(): MemoryClaim
  readonly usedBytes: number
}

/** A budget that lends no more than it has, save to one that is alone: its own limits bound that. */
export function createMemoryBudget(bytesMax: number): MemoryBudget {
  let usedBytes = 0
  return {
    get usedBytes() {
      return usedBytes
    },
    claim: () => {
      let claimed = 0
      return {
        grow: (bytes) => {
          const isAlone = usedBytes === claimed
          if (usedBytes + bytes > bytesMax && !isAlone) return false
          usedBytes += bytes
          claimed += bytes
          return true
        },
        release: () => {
          usedBytes -= claimed
          claimed = 0
        },
      }
    },
  }
}
