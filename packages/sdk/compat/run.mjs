import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'

import { sets } from './sets.mjs'

/**
 * `npm run test:compat [set ...]`: runs each case against the real packages of its set, on the Node at hand, on the
 * Node that the set asks for and on Bun. Sets are installed once, into node_modules/.cache.
 */
const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..', '..')
const cache = join(root, 'node_modules', '.cache', 'compat')
const wanted = process.argv.slice(2)
const own = Number(process.versions.node.split('.')[0])
let failed = 0
for (const set of sets) {
  if (wanted.length > 0 && !wanted.includes(set.name)) continue
  const packages = set.packed === true ? { ...set.packages, '@clew/sdk': `file:${pack()}` } : set.packages
  const folder = install(set.name, packages)
  for (const [name, nested] of Object.entries(set.nested ?? {})) install(join(set.name, name), nested)
  for (const entry of set.cases) {
    const [name, ...args] = entry.split(' ')
    for (const face of set.commonjs === true ? ['module', 'commonjs'] : ['module']) {
      const file = await bundle({ name, folder, packages, face })
      for (const [runtime, executable] of runtimesOf(set))
        failed += runCase({ set, entry, file, args, runtime: `${runtime}, ${face}`, executable })
    }
  }
}
process.exitCode = failed === 0 ? 0 : 1

function runtimesOf(set) {
  const runtimes =
    set.node === undefined || own >= set.node ? [[`node ${process.versions.node}`, process.execPath]] : []
  if (set.node !== undefined && own < set.node)
    runtimes.push([`node ${set.node}`, program(`node-${set.node}`, { node: String(set.node) }, 'node')])
  if (set.bun === true) runtimes.push(['bun', program('bun', { bun: '1.4.5' }, 'bun')])
  return runtimes
}

function runCase({ set, entry, file, args, runtime, executable }) {
  const { status, stdout, stderr } = spawnSync(executable, [file, ...args], {
    cwd: dirname(file),
    encoding: 'utf8',
    timeout: 120_000,
  })
  process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'} ${set.name} / ${entry} on ${runtime}\n`)
  if (status !== 0) process.stdout.write(`${stdout}${stderr}`.replaceAll(/^/gm, '     '))
  return status === 0 ? 0 : 1
}

/**
 * The case with our sources in one file beside the packages, which stay as they were installed: imported, or required
 * as a CommonJS program does.
 */
async function bundle({ name, folder, packages, face }) {
  const outfile = join(folder, `case-${name}-${face}.mjs`)
  await build({
    entryPoints: [join(here, 'cases', `${name}.mjs`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    conditions: ['@clew/source'],
    alias: { '@clew/fake-model': join(root, 'packages/fake-model/src/index.ts') },
    plugins: face === 'commonjs' ? [requireInstead(Object.keys(packages))] : [],
    external: Object.keys(packages).flatMap((packageName) => [packageName, `${packageName}/*`]),
    banner: {
      js: `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);`,
    },
    logLevel: 'warning',
  })
  return outfile
}

/** Has the packages required where the case imports them. */
function requireInstead(packages) {
  const isOne = (path) => packages.some((name) => path === name || path.startsWith(`${name}/`))
  return {
    name: 'require-instead',
    setup(builder) {
      builder.onResolve({ filter: /^[^.]/ }, ({ path, kind }) => {
        if (!isOne(path)) return undefined
        return kind === 'require-call' ? { path, external: true } : { path, namespace: 'required' }
      })
      builder.onLoad({ filter: /./, namespace: 'required' }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(path)})`,
      }))
    },
  }
}

/** The package as `npm pack` makes it, under a name of its content so that another is installed anew. */
function pack() {
  mkdirSync(cache, { recursive: true })
  const flags = ['--json', '--ignore-scripts', '--pack-destination', cache]
  const { stdout } = spawnSync('npm', ['pack', ...flags], { cwd: join(here, '..'), encoding: 'utf8' })
  const file = join(cache, JSON.parse(stdout)[0].filename)
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12)
  renameSync(file, join(cache, `clew-sdk-${hash}.tgz`))
  return join(cache, `clew-sdk-${hash}.tgz`)
}

function program(name, packages, bin) {
  const folder = install(name, packages, { scripts: true })
  return createRequire(join(folder, 'package.json')).resolve(
    `${bin}/bin/${bin}${bin === 'bun' ? '.exe' : ''}`,
  )
}

function install(name, packages, { scripts = false } = {}) {
  const folder = join(cache, name)
  const manifest = JSON.stringify({ private: true, type: 'module', dependencies: packages })
  const file = join(folder, 'package.json')
  if (existsSync(join(folder, 'node_modules')) && readFileSync(file, 'utf8') === manifest) return folder
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, manifest)
  const flags = [
    '--no-audit',
    '--no-fund',
    '--force',
    '--loglevel=error',
    ...(scripts ? [] : ['--ignore-scripts']),
  ]
  const { status } = spawnSync('npm', ['install', ...flags], { cwd: folder, stdio: 'inherit' })
  if (status !== 0) throw new Error(`${name} could not be installed`)
  return folder
}
