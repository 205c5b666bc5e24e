import type { Bindings } from './bindings.ts'

/** More words than this make a query dear and no finer. */
const wordsMax = 12

/**
 * Content in whose input or whose output all words of the text stand, case ignored. Whole words are asked
 * by `hasToken`, which the token filters of the index answer without reading the text.
 */
export function compileText(text: string, bindings: Bindings): string {
  const lower = text.toLowerCase().trim()
  const words = [...new Set(lower.match(/[\p{L}\p{N}\p{M}_]+/gu) ?? [])]
  const tokens = words.flatMap((word) => word.split('_')).filter((token) => token !== '')
  if (tokens.length === 0) return anyContent(bindings.bind('String', lower), 'position')
  const conditions = [...new Set(tokens)]
    .slice(0, wordsMax)
    .map((token) => anyContent(bindings.bind('String', token), isIndexed(token) ? 'hasToken' : 'position'))
  return conditions.join(' AND ')
}

/** The engine parts words at ASCII signs only, so that a word of another script may be part of a longer token. */
function isIndexed(token: string): boolean {
  return /^[a-z0-9]+$/.test(token)
}

function anyContent(needle: string, how: 'hasToken' | 'position'): string {
  const finds = (column: string): string =>
    how === 'hasToken'
      ? `hasToken(lowerUTF8(${column}), ${needle})`
      : `position(lowerUTF8(${column}), ${needle}) > 0`
  return `(${finds('input')} OR ${finds('output')})`
}
