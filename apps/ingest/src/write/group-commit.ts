interface GroupCommitOptions<Item, Outcome> {
  /** Outcomes in the order of the items. */
  commit: (items: readonly Item[]) => Promise<Outcome[]>
  bytesOf: (item: Item) => number
  bytesMax: number
  /** Between the start of a group's commit and the next group; asked as a group begins. */
  ageMs: () => number
  atOnceMax: number
}

interface Waiting<Item, Outcome> {
  item: Item
  resolve: (outcome: Outcome) => void
  reject: (reason: unknown) => void
}

/**
 * Commits items in groups; a group leaves when it is full, or a while after the one before it: an item that comes
 * alone waits for nobody. While all commits are busy the group goes on growing, so that a slow store gets larger
 * batches instead of more of them.
 */
export class GroupCommit<Item, Outcome> {
  private readonly options: GroupCommitOptions<Item, Outcome>
  private waiting: Waiting<Item, Outcome>[] = []
  private waitingBytes = 0
  private running = 0
  private isDue = false
  private leftAt = Number.NEGATIVE_INFINITY
  private timer: NodeJS.Timeout | undefined
  private onIdle: (() => void)[] = []

  constructor(options: GroupCommitOptions<Item, Outcome>) {
    this.options = options
  }

  /** Resolves with the item's own outcome. */
  submit(item: Item): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject })
      this.waitingBytes += this.options.bytesOf(item)
      this.advance()
    })
  }

  /** Commits what waits and resolves when nothing is left. */
  drain(): Promise<void> {
    return new Promise((resolve) => {
      this.onIdle.push(resolve)
      this.isDue = true
      this.advance()
    })
  }

  private advance(): void {
    while (this.mayCommit()) void this.commit(this.take())
    if (this.waiting.length > 0) this.arm()
    else if (this.running === 0) for (const resolve of this.onIdle.splice(0)) resolve()
  }

  private mayCommit(): boolean {
    const isReady = this.isDue || this.onIdle.length > 0 || this.waitingBytes >= this.options.bytesMax
    return isReady && this.waiting.length > 0 && this.running < this.options.atOnceMax
  }

  private arm(): void {
    if (this.isDue) return
    this.timer ??= setTimeout(
      () => {
        this.timer = undefined
        this.isDue = true
        this.advance()
      },
      Math.max(0, this.leftAt + this.options.ageMs() - performance.now()),
    )
  }

  private take(): Waiting<Item, Outcome>[] {
    clearTimeout(this.timer)
    this.timer = undefined
    this.isDue = false
    let bytes = 0
    let count = 0
    for (const { item } of this.waiting) {
      const itemBytes = this.options.bytesOf(item)
      if (count > 0 && bytes + itemBytes > this.options.bytesMax) break
      bytes += itemBytes
      count += 1
    }
    this.waitingBytes -= bytes
    return this.waiting.splice(0, count)
  }

  private async commit(group: readonly Waiting<Item, Outcome>[]): Promise<void> {
    this.running += 1
    this.leftAt = performance.now()
    try {
      const outcomes = await this.options.commit(group.map(({ item }) => item))
      for (const [index, { resolve, reject }] of group.entries()) {
        const outcome = outcomes[index]
        if (outcome === undefined) reject(new Error('a commit answered for fewer items than it was given'))
        else resolve(outcome)
      }
    } catch (error) {
      for (const { reject } of group) reject(error)
    } finally {
      this.running -= 1
      this.advance()
    }
  }
}
