import type { RedactionLedger } from './ledger.ts'
import type { KeyFacts } from './read-key.ts'
import type { TextRedactor } from './redact-text.ts'

export interface WalkParts {
  texts: TextRedactor
  readKey: (key: string) => KeyFacts
}

type MapEntry = (value: unknown, key: KeyFacts) => unknown

const deepestValue = 64
/** Of longer values no key has the same again and again. */
const longestRemembered = 40

/**
 * One walk through a value, which leaves it alone unless something is found. Clean values are the rule, so they
 * cost no copies and no paths: the trail is joined only when there is something to record.
 */
export class ValueWalk {
  private readonly parts: WalkParts
  private readonly ledger: RedactionLedger
  private readonly trail: (string | number)[]

  constructor(parts: WalkParts, place: { path: string; ledger: RedactionLedger }) {
    this.parts = parts
    this.ledger = place.ledger
    this.trail = [place.path]
  }

  get path(): string {
    return this.trail.join('.')
  }

  /** Walks lists and plain objects; whatever else an object is (bytes, dates) stays as it is. */
  redact(value: unknown, key?: KeyFacts): unknown {
    if (typeof value === 'string') return this.redactString(value, key)
    if (value === null || typeof value !== 'object') return value
    if (this.trail.length > deepestValue) {
      this.ledger.record('too-deep', this.path)
      return '[redacted:too-deep]'
    }
    if (Array.isArray(value)) return this.redactList(value, key)
    return isPlainObject(value) ? this.mapEntries(value, (item, inner) => this.redact(item, inner)) : value
  }

  /** Takes an object entry by entry; `undefined` from `map` removes one. The same object when nothing changed. */
  mapEntries(record: object, map: MapEntry): object {
    let changed: Map<string, [string, unknown]> | undefined
    const entries = asEntries(record)
    for (const name of Object.keys(entries)) {
      const value = entries[name]
      const key = this.parts.readKey(name)
      this.trail.push(key.key)
      for (const rule of key.rules) this.ledger.record(rule, this.path)
      const mapped = map(value, key)
      this.trail.pop()
      if (mapped === value && key.key === name) continue
      changed ??= new Map()
      changed.set(name, [key.key, mapped])
    }
    return changed === undefined ? record : withChanges(record, changed)
  }

  private redactString(value: string, key?: KeyFacts): string {
    const { texts } = this.parts
    if (key?.isCredential === true) {
      if (value === '' || /^\[redacted:[a-z-]+\]$/.test(value)) return value
      this.ledger.record('credential', this.path)
      return '[redacted:credential]'
    }
    if (key?.clear === value) return value
    if (texts.mayHoldSecret(value)) return texts.redactSuspect(value, this.path, this.ledger)
    if (key !== undefined && value.length <= longestRemembered) key.clear = value
    return value
  }

  private redactList(list: readonly unknown[], key?: KeyFacts): readonly unknown[] {
    let copy: unknown[] | undefined
    for (let index = 0; index < list.length; index += 1) {
      this.trail.push(index)
      const item = list[index]
      const mapped = this.redact(item, key)
      this.trail.pop()
      if (mapped === item) continue
      copy ??= [...list]
      copy[index] = mapped
    }
    return copy ?? list
  }
}

/** `fromEntries` defines a key named `__proto__` where an assignment would not. */
function withChanges(record: object, changed: ReadonlyMap<string, [string, unknown]>): object {
  const entries: [string, unknown][] = []
  for (const [name, value] of Object.entries(record)) {
    const change = changed.get(name)
    if (change === undefined) entries.push([name, value])
    else if (change[1] !== undefined) entries.push(change)
  }
  return Object.fromEntries(entries)
}

/** An object as the entries that it has. */
function asEntries(record: object): { readonly [name: string]: unknown } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whatever an entry is, it is unknown
  return record as { readonly [name: string]: unknown }
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
