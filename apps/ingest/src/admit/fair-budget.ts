/** What one request holds of a budget. */
export interface BudgetClaim {
  /** False, and nothing claimed, when its owner would hold more than its share of what is left. */
  grow(amount: number): boolean
  release(): void
}

/** An amount, of bytes or of requests, that all owners hold together. */
export interface FairBudget {
  claim(owner: string): BudgetClaim
  readonly used: number
}

/** With two, one greedy owner gets two thirds and two get two fifths each; some is always left for a newcomer. */
const shareOfFree = 2

/**
 * Lends no more than it has, and to nobody more than twice of what is free: owners that take much leave room for
 * those that take little. A claim that is alone is lent whatever it asks: its own limits bound that.
 */
export function createFairBudget(max: number): FairBudget {
  const byOwner = new Map<string, number>()
  let used = 0
  const change = (owner: string, amount: number): void => {
    const held = (byOwner.get(owner) ?? 0) + amount
    if (held === 0) byOwner.delete(owner)
    else byOwner.set(owner, held)
    used += amount
  }
  return {
    get used() {
      return used
    },
    claim: (owner) => {
      let claimed = 0
      const fits = (amount: number): boolean => {
        const free = max - used
        return amount <= free && (byOwner.get(owner) ?? 0) + amount <= shareOfFree * free
      }
      return {
        grow: (amount) => {
          const isAlone = used === claimed
          if (!isAlone && !fits(amount)) return false
          change(owner, amount)
          claimed += amount
          return true
        },
        release: () => {
          change(owner, -claimed)
          claimed = 0
        },
      }
    },
  }
}
