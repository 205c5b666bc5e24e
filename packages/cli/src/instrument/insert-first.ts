/** Puts a line before the first one that does something: behind a shebang, directives and the comments about them. */
export function insertFirst(text: string, line: string): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = text.split(newline)
  let at = 0
  if (lines[0]?.startsWith('#!') === true) at = 1
  for (let index = at; index < lines.length; index += 1) {
    const each = lines[index]?.trim() ?? ''
    if (/^(['"])use [\w ]+\1;?$/.test(each)) at = index + 1
    else if (each !== '' && !each.startsWith('//')) break
  }
  return [...lines.slice(0, at), line, ...lines.slice(at)].join(newline)
}
