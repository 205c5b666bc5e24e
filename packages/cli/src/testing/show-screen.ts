/** What a person sees after all of that was written to a terminal: the escape sequences we use, played. */
export function showScreen(written: string): string[] {
  const lines: string[] = ['']
  let row = 0
  // oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
  for (const part of written.split(/(\u001b\[\d*[A-Za-z]|\n|\r)/)) {
    // oxlint-disable-next-line no-control-regex -- as above
    const up = /^\u001b\[(\d+)A$/.exec(part)
    if (up !== null) row = Math.max(0, row - Number(up[1]))
    else if (part === '\u001b[J') lines.splice(row, lines.length - row, '')
    else if (part === '\n') {
      row += 1
      lines[row] ??= ''
    } else if (part !== '\r' && !part.startsWith('\u001b')) lines[row] = (lines[row] ?? '') + part
  }
  return lines
}
