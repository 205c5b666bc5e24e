// Prints what is right, wrong and not on the wire in each recording: node tools/print-recordings-table.mjs
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'clew-recordings-'))
const outfile = join(folder, 'table.mjs')
try {
  await build({
    entryPoints: [join(root, 'packages/domain/src/testing/tabulate-recordings.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@clew/source'],
    // The recordings are found beside their package's source, not beside the bundle.
    define: {
      'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'packages/testing/src/recordings.ts')).href),
    },
    outfile,
    logLevel: 'warning',
  })
  const { tabulateRecordings } = await import(pathToFileURL(outfile).href)
  console.log(tabulateRecordings())
} finally {
  rmSync(folder, { recursive: true, force: true })
}
