/** Raw keys in the order of their precedence. Made once, at the top of a module: its number is its place in each shape. */
export interface KeyList {
  readonly number: number
  readonly keys: readonly string[]
}

let made = 0

export function keyList(...keys: readonly string[]): KeyList {
  return { number: made++, keys }
}
