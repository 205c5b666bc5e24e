const context = 3

/** One hunk from the first line that differs to the last, as `patch` and `git apply` take it; empty when nothing does. */
export function toUnifiedDiff(args: { path: string; before: string | undefined; after: string }): string {
  const { path, before, after } = args
  if (before === after) return ''
  const old = toLines(before ?? '')
  const fresh = toLines(after)
  let head = 0
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1
  let tail = 0
  const shorter = Math.min(old.length, fresh.length) - head
  while (tail < shorter && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail += 1
  const from = Math.max(0, head - context)
  const oldEnd = Math.min(old.length, old.length - tail + context)
  const freshEnd = Math.min(fresh.length, fresh.length - tail + context)
  return [
    `--- ${before === undefined ? '/dev/null' : `a/${path}`}\n`,
    `+++ b/${path}\n`,
    `@@ -${toRange(from, oldEnd)} +${toRange(from, freshEnd)} @@\n`,
    ...old.slice(from, head).map((line) => mark(' ', line)),
    ...old.slice(head, old.length - tail).map((line) => mark('-', line)),
    ...fresh.slice(head, fresh.length - tail).map((line) => mark('+', line)),
    ...old.slice(old.length - tail, oldEnd).map((line) => mark(' ', line)),
  ].join('')
}

/** Lines are counted from one, and an empty range stands behind the line that it names. */
function toRange(start: number, end: number): string {
  return `${end === start ? start : start + 1},${end - start}`
}

/** Each line with its break; the last may have none. */
function toLines(text: string): string[] {
  return text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? [])
}

function mark(sign: string, line: string): string {
  return line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`
}
