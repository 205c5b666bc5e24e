/** What a key does here. `keys` is one press (`j`, `Escape`, `mod+k`) or a sequence (`g n`). */
export interface KeyBinding {
  keys: string
  label: string
  run: () => void
  /** Stands in the footer's legend. */
  legend?: boolean
  /** Works while a text field has the focus. */
  whileTyping?: boolean
  /** Heading under which the list of all keys shows it. */
  group?: string
}

export interface KeyPress {
  key: string
  isTyping: boolean
  /** Control or command was down. */
  hasMod: boolean
  /** Alt was down; such presses belong to the browser. */
  hasAlt: boolean
  atMs: number
}

const sequenceMs = 900

/**
 * All keys of the page in one place. Later layers win over earlier ones, so that a pane can borrow a key of
 * the page. Invariant: `bindings()` keeps its identity until something is added or removed.
 */
export class KeyRegistry {
  #layers: { id: symbol; bindings: readonly KeyBinding[] }[] = []
  #flat: readonly KeyBinding[] = []
  #listeners = new Set<() => void>()
  #pending: { prefix: string; untilMs: number } | undefined

  add(bindings: readonly KeyBinding[]): () => void {
    const id = Symbol('keys')
    this.#layers = [...this.#layers, { id, bindings }]
    this.#changed()
    return () => {
      this.#layers = this.#layers.filter((layer) => layer.id !== id)
      this.#changed()
    }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  bindings = (): readonly KeyBinding[] => this.#flat

  /** Runs what the press means; true when it meant something, or began a sequence. */
  press(press: KeyPress): boolean {
    if (press.hasAlt) return false
    const name = press.hasMod ? `mod+${press.key.toLowerCase()}` : press.key
    const prefix =
      this.#pending !== undefined && press.atMs < this.#pending.untilMs ? this.#pending.prefix : undefined
    this.#pending = undefined
    const candidates = this.#flat.filter((binding) => !press.isTyping || binding.whileTyping === true)
    const found =
      (prefix === undefined ? undefined : candidates.findLast((one) => one.keys === `${prefix} ${name}`)) ??
      candidates.findLast((one) => one.keys === name)
    if (found !== undefined) {
      found.run()
      return true
    }
    if (!candidates.some((one) => one.keys.startsWith(`${name} `))) return false
    this.#pending = { prefix: name, untilMs: press.atMs + sequenceMs }
    return true
  }

  #changed(): void {
    this.#flat = this.#layers.flatMap((layer) => layer.bindings)
    for (const listener of this.#listeners) listener()
  }
}
