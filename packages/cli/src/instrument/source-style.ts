/** How a file is written, so that what is added looks as if it had always been there. */
export interface SourceStyle {
  /** `import`, or `require`. */
  isImporting: boolean
  quote: "'" | '"'
  end: ';' | ''
  newline: '\n' | '\r\n'
}

export function readStyle(args: { text: string; path: string; isModule: boolean }): SourceStyle {
  const { text, path, isModule } = args
  const doubles = count(text, /(?:from|import|require\() *"/g)
  const singles = count(text, /(?:from|import|require\() *'/g)
  return {
    isImporting: isImporting({ text, path, isModule }),
    quote: doubles > singles ? '"' : "'",
    end: /;\s*$/m.test(text) ? ';' : '',
    newline: text.includes('\r\n') ? '\r\n' : '\n',
  }
}

/** By the extension; where it leaves both open, by what the file does, and last by the manifest. */
function isImporting({ text, path, isModule }: { text: string; path: string; isModule: boolean }): boolean {
  if (/\.(?:mjs|[cm]?ts)$/.test(path)) return true
  if (path.endsWith('.cjs')) return false
  if (/^(?:import\b(?! *\()|export\b)/m.test(text)) return true
  if (/\brequire\(|\bmodule\.exports\b|^exports\./m.test(text)) return false
  return isModule
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
