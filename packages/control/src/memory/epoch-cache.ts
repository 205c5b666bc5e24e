const absentMax = 10_000
const presentMax = 50_000

/**
 * Rows, and the absence of rows, until the next change of control data. Invariant: nothing that was read before a
 * change is kept after it, not even when its reading ends later. Absences have their own bound, so that made-up
 * keys don't push out real ones.
 */
export class EpochCache<Key extends string, Value> {
  private readonly load: (key: Key) => Promise<Value | undefined>
  private readonly present = new Map<string, Value>()
  private readonly absent = new Set<string>()
  private readonly loading = new Map<string, Promise<Value | undefined>>()
  private generation = 0

  constructor(load: (key: Key) => Promise<Value | undefined>) {
    this.load = load
  }

  async get(key: Key): Promise<Value | undefined> {
    const known = this.present.get(key)
    if (known !== undefined) return known
    if (this.absent.has(key)) return undefined
    const running = this.loading.get(key)
    if (running !== undefined) return await running
    const reading = this.read(key)
    this.loading.set(key, reading)
    try {
      return await reading
    } finally {
      if (this.loading.get(key) === reading) this.loading.delete(key)
    }
  }

  clear(): void {
    this.generation += 1
    this.present.clear()
    this.absent.clear()
    this.loading.clear()
  }

  private async read(key: Key): Promise<Value | undefined> {
    const { generation } = this
    const value = await this.load(key)
    if (generation !== this.generation) return value
    if (value === undefined) this.keepAbsent(key)
    else this.keepPresent(key, value)
    return value
  }

  private keepAbsent(key: string): void {
    if (this.absent.size >= absentMax) dropOldest(this.absent)
    this.absent.add(key)
  }

  private keepPresent(key: string, value: Value): void {
    if (this.present.size >= presentMax) dropOldest(this.present)
    this.present.set(key, value)
  }
}

function dropOldest(entries: { keys(): Iterator<string>; delete(key: string): boolean }): void {
  const oldest = entries.keys().next()
  if (oldest.done !== true) entries.delete(oldest.value)
}
