// Bundles the demo with the fake model inside; the SDK and the model clients are used as installed.
import { build } from 'esbuild'

await build({
  entryPoints: { demo: 'src/demo/main.ts' },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  external: ['@clew/sdk', 'openai', '@anthropic-ai/sdk'],
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
})
