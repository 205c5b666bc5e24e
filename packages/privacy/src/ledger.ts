/** What was taken out where; never the value itself. */
export interface RedactionEntry {
  rule: string
  path: string
  count: number
}

export interface RedactionLedger {
  record(rule: string, path: string, count?: number): void
  entries(): RedactionEntry[]
}

const mostEntries = 200

/** A ledger for one span or log record; beyond 200 places it counts a rule's further finds under path `*`. */
export function createLedger(): RedactionLedger {
  // Most ledgers stay empty.
  let byPlace: Map<string, RedactionEntry> | undefined
  return {
    record: (rule, path, count = 1) => {
      byPlace ??= new Map()
      const known = byPlace.get(`${rule} ${path}`)
      if (known !== undefined) {
        known.count += count
        return
      }
      if (byPlace.size < mostEntries || path === '*') byPlace.set(`${rule} ${path}`, { rule, path, count })
      else {
        const rest = byPlace.get(`${rule} *`)
        if (rest === undefined) byPlace.set(`${rule} *`, { rule, path: '*', count })
        else rest.count += count
      }
    },
    entries: () => (byPlace === undefined ? [] : [...byPlace.values()]),
  }
}
