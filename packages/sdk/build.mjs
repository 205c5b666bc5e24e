import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import { build } from 'esbuild'

/**
 * Bundles what the SDK is made of, the OpenTelemetry SDK included, into one file: a program pays for starting with
 * every module that is loaded. Each of the package's faces is a file of its own that picks what it exports from there,
 * so that all share one state; the attribute names stand alone, since browsers use them too. OpenTelemetry's API stays
 * a package of its own, which all copies share. An argument names another folder than `dist`.
 */
const outdir = process.argv[2] ?? 'dist'
const { exports: allFaces } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
const faces = Object.values(allFaces).map((face) => ({
  source: face['@clew/source'],
  file: join(outdir, relative('dist', face.default)),
}))
const namesFile = join(outdir, 'semconv.js')
const settings = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  mainFields: ['module', 'main'],
  conditions: ['@clew/source', 'module'],
  external: ['@opentelemetry/api', '@opentelemetry/context-async-hooks'],
  logLevel: 'warning',
}

rmSync(outdir, { recursive: true, force: true })
const coreFile = join(outdir, 'core.js')
const picked = faces.filter(({ file }) => file !== namesFile)
const contents = picked.map(({ source }, index) => `export * as face${index} from '${source}'`).join('\n')
await build({ ...settings, stdin: { contents, resolveDir: '.' }, outfile: coreFile })
const core = await import(pathToFileURL(resolve(coreFile)))
for (const [index, { file }] of picked.entries()) writeFace(file, `face${index}`)
await build({ ...settings, entryPoints: ['src/semconv.ts'], outfile: namesFile })

function writeFace(file, face) {
  const names = Object.keys(core[face])
  mkdirSync(dirname(file), { recursive: true })
  const path = relative(dirname(file), coreFile)
  const from = path.startsWith('.') ? path : `./${path}`
  const parts = [`import { ${face} } from '${from}'`, `export const { ${names.join(', ')} } = ${face}`]
  writeFileSync(file, `${parts.join('\n')}\n`)
}
