/**
 * Whatever was thrown, by its kind and its place alone: for errors that may quote what they tripped over, which is
 * somebody's payload and has no place in a log.
 */
export function placeOf(thrown: unknown): Error {
  const { name, stack = '' } = errorOf(thrown)
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  const place = new Error(name)
  place.stack = [name, ...frames].join('\n')
  return place
}

/** Whatever was thrown, as an Error. */
export function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
