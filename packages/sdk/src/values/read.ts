export type ForeignRecord = { readonly [key: string]: unknown }

/** The value as a record that may be read by key; lists and primitives are none. */
export function readRecord(value: unknown): ForeignRecord | undefined {
  return isRecord(value) ? value : undefined
}

export function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A finite, non-negative number, also when it came as text. */
export function readNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined
}

export function readList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isRecord(value: unknown): value is ForeignRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The records of a list; anything else in it is left out. */
export function readRecords(value: unknown): readonly ForeignRecord[] {
  return readList(value).filter(isRecord)
}
