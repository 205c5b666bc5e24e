// Bundles the service in the current folder, or the one whose main is given, src/main.ts to dist/main.js, with the sources of the workspace inside.
// What is native, or brings its own files, stays outside; the database's migrations lie beside the bundle.
import { cp, readFile, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

await rm('dist', { recursive: true, force: true })
await build({
  entryPoints: { main: process.argv[2] ?? 'src/main.ts' },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  conditions: ['@clew/source'],
  external: ['next', 'react', 'react-dom', 'chdb', '@electric-sql/pglite', 'pg-native'],
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as clewRequire } from 'node:module'; const require = clewRequire(import.meta.url);",
  },
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
})
await cp(fromRoot('packages/db/migrations'), 'dist/migrations', { recursive: true })
// The prepared data directory is of use only to a program that carries the embedded database.
const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'))
const template = fromRoot('packages/db/dist/pglite-template.tar.gz')
if ('@electric-sql/pglite' in dependencies && existsSync(template)) {
  await cp(template, 'dist/pglite-template.tar.gz')
}
