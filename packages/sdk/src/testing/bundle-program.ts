import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'

/** A program in one file, which imports `@clew/sdk` as an application does and gets these sources. */
export async function bundleProgram(source: string): Promise<{ file: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'clew-program-'))
  const file = join(folder, 'program.mjs')
  await build({
    stdin: { contents: source, loader: 'ts', resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@clew/source'],
    alias: { '@clew/sdk': fileURLToPath(new URL('../index.ts', import.meta.url)) },
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
    },
    logLevel: 'error',
  })
  return { file, remove: async () => await rm(folder, { recursive: true, force: true }) }
}
