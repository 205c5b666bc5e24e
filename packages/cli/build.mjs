// Bundles the terminal client into one file that needs nothing but Node.
import { chmod } from 'node:fs/promises'
import { build } from 'esbuild'

await build({
  entryPoints: { main: 'src/main.ts' },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  conditions: ['@clew/source'],
  banner: { js: '#!/usr/bin/env node' },
  legalComments: 'none',
  logLevel: 'warning',
})
await chmod('dist/main.js', 0o755)
