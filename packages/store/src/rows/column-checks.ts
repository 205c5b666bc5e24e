export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

export function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}

export function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText)
}

export function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number')
}

export function isTextMap(value: unknown): value is { [key: string]: string } {
  return holdsOnly(value, 'string')
}

export function isNumberMap(value: unknown): value is { [key: string]: number } {
  return holdsOnly(value, 'number')
}

export function isBoolMap(value: unknown): value is { [key: string]: boolean } {
  return holdsOnly(value, 'boolean')
}

function holdsOnly(value: unknown, type: 'string' | 'number' | 'boolean'): boolean {
  if (typeof value !== 'object' || value === null) return false
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- values are told apart right here
  return Object.values(value as { [key: string]: unknown }).every((item) => typeof item === type)
}
