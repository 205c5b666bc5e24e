import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export const here = dirname(fileURLToPath(import.meta.url))
export const root = join(here, '..', '..')

/** Bundles processes of the benchmark as the services are bundled; returns the folder that they lie in. */
export async function bundle(names) {
  const outdir = join(root, 'bench', 'dist', 'live')
  await build({
    entryPoints: names.map((name) => join(here, `${name}.ts`)),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    conditions: ['@clew/source'],
    external: ['chdb', '@electric-sql/pglite', 'pg-native'],
    banner: { js: "import { createRequire as cr } from 'node:module'; const require = cr(import.meta.url);" },
    logLevel: 'error',
  })
  return outdir
}
