import { readFileSync, rmSync } from 'node:fs'

import { build } from 'esbuild'

/**
 * Bundles what the SDK is made of, the OpenTelemetry SDK included, into a few files: a program pays for starting
 * with every module that is loaded. OpenTelemetry's API stays a package of its own, which all copies share. An argument
 * names another folder than `dist`.
 */
const outdir = process.argv[2] ?? 'dist'
const { exports: faces } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
const entryPoints = Object.fromEntries(
  Object.values(faces).map((face) => [face.default.replace(/^\.\/dist\/|\.js$/g, ''), face['@clew/source']]),
)

rmSync(outdir, { recursive: true, force: true })
await build({
  entryPoints,
  outdir,
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  mainFields: ['module', 'main'],
  conditions: ['@clew/source', 'module'],
  external: ['@opentelemetry/api', '@opentelemetry/context-async-hooks'],
  chunkNames: 'chunks/[name]-[hash]',
  logLevel: 'warning',
})
