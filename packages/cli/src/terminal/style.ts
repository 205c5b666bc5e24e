import type { Terminal } from './terminal.ts'

export type Tone = 'plain' | 'quiet' | 'strong' | 'fail' | 'warn' | 'run' | 'accent'

const codes: Readonly<Record<Exclude<Tone, 'plain'>, readonly [number, number]>> = {
  quiet: [2, 22],
  strong: [1, 22],
  fail: [31, 39],
  warn: [33, 39],
  run: [36, 39],
  accent: [34, 39],
}

/** Gives text a tone where colours are shown; the words say the same without it. */
export function style({ hasColor }: Pick<Terminal, 'hasColor'>, tone: Tone, text: string): string {
  if (!hasColor || tone === 'plain' || text === '') return text
  const [on, off] = codes[tone]
  return `\u001b[${on}m${text}\u001b[${off}m`
}

// oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
const escapes = /\u001b\[[0-9;]*m/g
// oxlint-disable-next-line no-control-regex -- what a recorded text must never do to a terminal
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** Recorded text without what would move the cursor or ring the bell; tabs and line breaks stay. */
export function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(controls, '')
}

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** How many columns a text takes: wide East Asian characters and pictures take two. */
export function widthOf(text: string): number {
  const bare = text.replaceAll(escapes, '')
  // oxlint-disable-next-line no-control-regex -- the printable ASCII range, the common case
  if (/^[\u0020-\u007e]*$/.test(bare)) return bare.length
  let width = 0
  for (const { segment } of segments.segment(bare)) width += isWide(segment) ? 2 : 1
  return width
}

/** Recorded text as one line of at most `width` columns; what is cut ends in dots. */
export function fit(text: string, width: number): string {
  return cut(plain(text).replaceAll(/\s+/g, ' ').trim(), width)
}

/** A line of our own making, its gaps kept, of at most `width` columns. */
export function cut(line: string, width: number): string {
  if (widthOf(line) <= width) return line
  let kept = ''
  let used = 0
  for (const { segment } of segments.segment(line)) {
    used += isWide(segment) ? 2 : 1
    if (used > width - 1) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/** Fills up to `width` columns. */
export function pad(text: string, width: number, side: 'left' | 'right' = 'right'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)))
  return side === 'left' ? space + text : text + space
}

/** Lines of at most `width` columns, broken at words; line breaks of the text are kept. */
export function wrap(text: string, width: number): string[] {
  return plain(text)
    .split('\n')
    .flatMap((paragraph) => wrapLine(paragraph.replaceAll('\t', '  '), Math.max(8, width)))
}

function wrapLine(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<=\s)/)) {
    if (line !== '' && widthOf(line + word.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += word
    while (widthOf(line.trimEnd()) > width) {
      lines.push(line.slice(0, width))
      line = line.slice(width)
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}

function isWide(segment: string): boolean {
  return /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
    segment,
  )
}
