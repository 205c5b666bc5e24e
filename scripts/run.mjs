// npm start | test | test:faults | test:soak | test:compat | demo | dev | clew | pack:sdk | bench:sdk | bench:live | bench:ingest | verify | format, with
// nothing but Node and npm.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const quiet = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', NEXT_TELEMETRY_DISABLED: '1' }
const environment = { ...process.env, ...quiet }
const bin = (name) => join(root, 'node_modules', '.bin', name)

const commands = {
  start: async () => {
    await build('@clew/standalone')
    return serve({})
  },
  dev: async () => {
    await build('@clew/db')
    await step('Bundling', process.execPath, ['../../scripts/bundle-service.mjs'], { cwd: 'apps/standalone' })
    return serve({ CLEW_DEV: '1' })
  },
  demo: async (args) => {
    await build('@clew/examples')
    const { scripts } = readJson('examples/package.json')
    return run('sh', ['-c', `exec ${scripts.demo} "$@"`, 'demo', ...args], { cwd: 'examples' })
  },
  clew: async (args) => {
    if (args[0] === 'up') await build('@clew/standalone')
    await quietly(process.execPath, ['build.mjs'], { cwd: 'packages/cli' })
    const env = { ...environment, CLEW_STANDALONE: join(root, 'apps/standalone/dist/main.js') }
    return run(process.execPath, ['packages/cli/dist/main.js', ...args], { env })
  },
  test: async (args) => {
    await build()
    return test(args)
  },
  'test:faults': (args) => faults(['faults', ...args]),
  'test:soak': (args) => faults(['soak', ...args]),
  'test:compat': async (args) => {
    await build('@clew/sdk')
    return run(process.execPath, ['packages/sdk/compat/run.mjs', ...args])
  },
  'pack:sdk': async () => {
    await build('@clew/sdk')
    return run(...pnpm('--dir', 'packages/sdk', 'pack', '--pack-destination', root))
  },
  'bench:sdk': async ([name]) => {
    await build('@clew/sdk')
    return run(process.execPath, [name === 'steady' ? 'bench/sdk/steady.mjs' : 'bench/sdk/run.mjs'])
  },
  'bench:live': async (args) => {
    await build()
    return run(process.execPath, ['bench/live/run.mjs', ...args])
  },
  'bench:ingest': async (args) => {
    await build('@clew/db')
    await step('Bundling', process.execPath, ['ingest/bundle.mjs'], { cwd: 'bench' })
    return run(process.execPath, ['dist/ingest/main.js', ...args], { cwd: 'bench' })
  },
  verify: () => run(...pnpm('exec', 'node', 'tools/verify/verify.mjs')),
  format: (args) => run(bin('oxfmt'), args),
}

process.exitCode = await main(process.argv.slice(2))

async function main([name, ...args]) {
  checkNode()
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined
  if (command === undefined) return fail(`usage: node scripts/run.mjs ${Object.keys(commands).join('|')}`)
  // The terminal sends an interrupt to the child, too; here it must only not end the parent first.
  process.on('SIGINT', () => {})
  try {
    await install()
    return await command(args)
  } catch (error) {
    return fail(error.message)
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  fail(`Clew needs Node 20.19 or later; this is ${process.versions.node}`)
  process.exit(1)
}

/** pnpm keeps a copy of the lockfile that it installed; the same text means there is nothing to do. */
async function install() {
  const wanted = readText('pnpm-lock.yaml')
  if (wanted !== undefined && wanted === readText('node_modules/.pnpm/lock.yaml')) return
  await step('Installing', ...pnpm('install', '--frozen-lockfile', '--config.confirm-modules-purge=false'))
}

/** Builds a package and what it rests on, or everything; what has not changed is taken from the cache. */
async function build(name) {
  const filter = name === undefined ? [] : [`--filter=${name}`]
  await step('Building', ...pnpm('exec', 'turbo', 'run', 'build', '--output-logs=new-only', ...filter))
}

function serve(extra) {
  const env = { ...environment, UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? '16', ...extra }
  return run(process.execPath, ['--enable-source-maps', 'apps/standalone/dist/main.js'], { env })
}

/** The faults do their worst to the ingest as it is shipped; the bundle here finds the embedded engines, too. */
async function faults(args) {
  const service = join(root, 'apps/ingest/src/main.ts')
  await step('Bundling', process.execPath, ['../scripts/bundle-service.mjs', service], { cwd: 'bench' })
  const node = ['--expose-gc', '--conditions', '@clew/source', '--import', 'tsx', 'faults/main.ts']
  return run(process.execPath, [...node, ...args], { cwd: 'bench' })
}

async function test(args) {
  const folder = mkdtempSync(join(tmpdir(), 'clew-test-'))
  const report = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const code = await run(process.execPath, [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...reporters,
      ...args,
    ])
    return conclude({ code, report: JSON.parse(readFileSync(report, 'utf8')) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A file that fails to load has no tests to count, so it counts as one that failed. */
function conclude({ code, report }) {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
  ).length
  const failed = report.numFailedTests + broken
  if (code !== 0 && failed === 0)
    console.log('The tests passed, but something failed outside them; see above.')
  if (report.numPendingTests > 0) console.log(`${report.numPendingTests} skipped`)
  console.log(`${report.numPassedTests} passed, ${failed} failed`)
  return code === 0 && failed > 0 ? 1 : code
}

/** The program as its own process; SIGTERM and SIGHUP are passed on, since only the parent receives them. */
function run(file, args, options = {}) {
  const cwd = join(root, options.cwd ?? '.')
  const child = spawn(file, args, { cwd, env: options.env ?? environment, stdio: 'inherit' })
  return ended(child)
}

/** Runs something quick of which nothing is seen unless it fails, so that what follows can be piped. */
async function quietly(file, args, { cwd }) {
  const child = spawn(file, args, {
    cwd: join(root, cwd),
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const code = await ended(child)
  if (code !== 0) throw new Error(`${cwd} could not be built (exit code ${code})`)
}

/** Runs something whose output matters only when it fails, and shows that it is still at work. */
async function step(label, file, args, { cwd = '.' } = {}) {
  const startedAt = Date.now()
  const child = spawn(file, args, {
    cwd: join(root, cwd),
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = []
  let lastLine = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output.push(chunk)
      lastLine = plainLines(chunk).at(-1) ?? lastLine
    })
  }
  const seconds = () => Math.round((Date.now() - startedAt) / 1000)
  const show = () => showProgress(`${label} … ${seconds()} s${lastLine === '' ? '' : `  ${lastLine}`}`)
  const timer = setInterval(show, process.stdout.isTTY ? 500 : 5000)
  const code = await ended(child)
  clearInterval(timer)
  if (code === 0) return showProgress(`${label} done in ${seconds()} s`, true)
  process.stderr.write(`\n${Buffer.concat(output).toString()}\n`)
  throw new Error(`${label} failed (exit code ${code}); what it said stands above`)
}

function showProgress(text, isLast = false) {
  if (!process.stdout.isTTY) {
    console.log(text)
    return
  }
  const line = text.slice(0, Math.max((process.stdout.columns ?? 80) - 1, 20))
  process.stdout.write(`\r\u001b[K${line}${isLast ? '\n' : ''}`)
}

function plainLines(chunk) {
  // oxlint-disable-next-line no-control-regex
  const plain = chunk.toString().replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
  return plain
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function ended(child) {
  const forward = (signal) => child.kill(signal)
  process.on('SIGTERM', forward)
  process.on('SIGHUP', forward)
  return new Promise((resolve) => {
    const finish = (code) => {
      process.off('SIGTERM', forward)
      process.off('SIGHUP', forward)
      resolve(code)
    }
    child.on('error', (error) => finish(fail(error.message)))
    child.on('close', (code, signal) => finish(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

/** turbo looks for pnpm on its PATH, so it runs inside pnpm; the version is the one the workspace names. */
function pnpm(...args) {
  return ['npx', ['-y', readJson('package.json').packageManager, ...args]]
}

function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'))
}

function readText(path) {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch {
    return undefined
  }
}

function fail(message) {
  console.error(`clew: ${message}`)
  return 1
}
