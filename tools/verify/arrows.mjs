import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Which workspace package may depend on which, at run time and in development. `turbo boundaries` refuses imports
 * that no manifest declares; this refuses declarations that the house does not allow.
 */
const runtime = {
  semconv: [],
  privacy: [],
  domain: ['semconv'],
  sdk: ['semconv', 'privacy'],
  store: ['domain', 'semconv'],
  db: ['domain'],
  control: ['db', 'domain'],
  runtime: ['domain'],
  client: ['domain', 'semconv'],
  cli: ['client', 'domain'],
  testing: [],
  'fake-model': [],
  ingest: ['control', 'store', 'runtime', 'domain', 'semconv', 'privacy'],
  api: ['control', 'store', 'runtime', 'domain', 'semconv', 'privacy'],
  web: ['client', 'domain', 'semconv'],
  standalone: ['api', 'control', 'db', 'ingest', 'runtime', 'store', 'web', 'domain'],
  examples: ['sdk', 'fake-model'],
  bench: [
    'sdk',
    'semconv',
    'privacy',
    'domain',
    'store',
    'db',
    'control',
    'ingest',
    'api',
    'testing',
    'fake-model',
    'runtime',
  ],
}

/** Tests may reach further: recordings, embedded stores, the fake model; client and web see the API's types. */
const development = {
  sdk: ['fake-model'],
  client: ['api'],
  web: ['api', 'client'],
  ingest: ['db'],
  api: ['db', 'client'],
  standalone: ['client', 'cli', 'sdk', 'fake-model', 'semconv'],
}

export function checkArrows(root) {
  const problems = []
  for (const manifest of listManifests(root)) {
    const name = manifest.name.replace('@clew/', '')
    const allowed = runtime[name]
    if (!allowed) {
      problems.push(`${name}: a new package needs its line in tools/verify/arrows.mjs`)
      continue
    }
    for (const dependency of workspaceNames(manifest.dependencies)) {
      if (!allowed.includes(dependency)) problems.push(`${name} may not depend on ${dependency}`)
    }
    for (const dependency of workspaceNames(manifest.devDependencies)) {
      const known = [...allowed, ...(development[name] ?? []), 'testing']
      if (!known.includes(dependency))
        problems.push(`${name} may not depend on ${dependency}, even in development`)
    }
  }
  return problems
}

function listManifests(root) {
  const folders = ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(root, group, name)),
  )
  return [...folders, join(root, 'examples'), join(root, 'bench')].map((folder) =>
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  )
}

function workspaceNames(dependencies = {}) {
  return Object.keys(dependencies)
    .filter((name) => name.startsWith('@clew/'))
    .map((name) => name.replace('@clew/', ''))
}
