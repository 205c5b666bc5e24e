import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/**
 * Takes the types of the attribute names along, as `build.mjs` does with their values: the package that they come from
 * is not published.
 */
const from = join('..', 'semconv', 'dist', 'attributes')
const to = join('dist', 'attributes')
cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.js') })
for (const file of readdirSync('dist', { recursive: true })) {
  if (!file.endsWith('.d.ts')) continue
  const path = join('dist', file)
  const names = `./${relative(dirname(path), join(to, 'index.ts'))}`
  const text = readFileSync(path, 'utf8')
  const own = text.replaceAll("'@clew/semconv/attributes'", `'${names}'`)
  if (own !== text) writeFileSync(path, own)
}
