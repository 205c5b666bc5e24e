// Bundles the benchmark's processes as the services are bundled, so that it measures what is shipped.
import { cp } from 'node:fs/promises'
import { build } from 'esbuild'

await build({
  entryPoints: ['main', 'convert-process', 'end-to-end-process', 'sender'].map((name) => `ingest/${name}.ts`),
  outdir: 'dist/ingest',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  conditions: ['@clew/source'],
  external: ['chdb', '@electric-sql/pglite', 'pg-native'],
  banner: {
    js: "import { createRequire as clewRequire } from 'node:module'; const require = clewRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
await cp('../packages/db/migrations', 'dist/migrations', { recursive: true })
