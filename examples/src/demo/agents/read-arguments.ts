/** A text among a tool's arguments, or an empty one. */
export function readText(values: unknown, name: string): string {
  const value = read(values, name)
  return typeof value === 'string' ? value : ''
}

/** A number among a tool's arguments, or 0. */
export function readNumber(values: unknown, name: string): number {
  const value = read(values, name)
  return typeof value === 'number' ? value : 0
}

function read(values: unknown, name: string): unknown {
  return typeof values === 'object' && values !== null ? Reflect.get(values, name) : undefined
}
