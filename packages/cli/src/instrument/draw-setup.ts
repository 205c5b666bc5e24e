import type { Library } from './libraries.ts'
import type { SourceStyle } from './source-style.ts'

/** The text of the file that calls `setup()`. */
export function drawSetup(args: {
  style: SourceStyle
  serviceName: string | undefined
  libraries: readonly Library[]
  loadsDotenv: boolean
}): string {
  const { style, serviceName, libraries, loadsDotenv } = args
  const quoted = (text: string) => `${style.quote}${text}${style.quote}`
  const name = serviceName === undefined ? [] : [`serviceName: ${quoted(serviceName)}`]
  // What `require` loads is recorded without being handed over.
  const modules = style.isImporting ? drawModules(libraries) : []
  const options = [...name, ...modules]
  const call = options.length === 0 ? 'setup()' : `setup({ ${options.join(', ')} })`
  const lines = style.isImporting
    ? [
        '// Tracing with Clew. Imported before anything else, so that it runs when the app begins.',
        ...(loadsDotenv ? [`import ${quoted('dotenv/config')}`] : []),
        `import { setup } from ${quoted('@clew/sdk')}`,
        ...libraries.map(({ form, local, from }) =>
          form === 'default'
            ? `import ${local} from ${quoted(from)}`
            : `import * as ${local} from ${quoted(from)}`,
        ),
        '',
        `export const clew = ${call}`,
      ]
    : [
        '// Tracing with Clew. Required before anything else, so that it runs when the app begins.',
        ...(loadsDotenv ? [`require(${quoted('dotenv/config')})`] : []),
        `const { setup } = require(${quoted('@clew/sdk')})`,
        '',
        `exports.clew = ${call}`,
      ]
  return lines
    .map((line) => (line === '' || line.startsWith('//') ? line : line + style.end))
    .map((line) => line + style.newline)
    .join('')
}

function drawModules(libraries: readonly Library[]): string[] {
  const locals = new Map<string, string[]>()
  for (const { option, local } of libraries) locals.set(option, [...(locals.get(option) ?? []), local])
  if (locals.size === 0) return []
  const entries = [...locals].map(([option, [first = '', ...others]]) => {
    if (others.length > 0) return `${option}: [${[first, ...others].join(', ')}]`
    return option === first ? option : `${option}: ${first}`
  })
  return [`modules: { ${entries.join(', ')} }`]
}
