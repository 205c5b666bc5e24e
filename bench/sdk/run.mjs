import { execFile, fork, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/**
 * `npm run bench:sdk`: what tracing costs a program, plain, with raw OpenTelemetry, with the nearest peer and with
 * ours in one run. CPU time of the program's own process; on a busy machine only the ratios mean something.
 */
const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
const peerVersion = '0.1.12'
const peerFolder = join(root, 'node_modules', '.cache', `peer-${peerVersion}`)
const sdkFolder = join(root, 'packages', 'sdk')
const iterations = Number(process.env.BENCH_ITERATIONS ?? 20_000)
const rounds = Number(process.env.BENCH_ROUNDS ?? 8)
const names = ['plain', 'otel', 'peer', 'clew']
/** How many processes record each; those that are compared closely take turns. */
const scenarios = { bare: 8, typical: 4, nested: 2, llm20: 1, stream101: 4 }

/** What the project promises; each is a share of another figure of the same run. */
const targets = [
  { mode: 'record', scenario: 'bare', against: 'otel', share: 1 },
  { mode: 'record', scenario: 'typical', against: 'otel', share: 1 },
  { mode: 'record', scenario: 'llm20', against: 'peer', share: 0.5 },
  { mode: 'record', scenario: 'stream101', against: 'peer', share: 1 / 3 },
]

installPeer()
const receiver = fork(join(here, 'receiver.mjs'))
const port = await new Promise((resolve) => receiver.once('message', resolve))
const endpoint = `http://127.0.0.1:${port}`
const costs = {}
for (const mode of ['record', 'deliver']) costs[mode] = await measureAll(mode)
receiver.disconnect()
for (const mode of ['record', 'deliver']) show(mode)
const startup = await measureStartup()
judge()

/** The best of several processes each, in turns: what else the machine does comes and goes by the second. */
async function measureAll(mode) {
  const all = Object.fromEntries(names.map((name) => [name, {}]))
  for (const [scenario, turns] of Object.entries(scenarios))
    for (let turn = 0; turn < (mode === 'record' ? turns : 1); turn += 1)
      for (const name of names) {
        const what = { name, scenario, mode, iterations, rounds, sdkFolder, peerFolder, endpoint }
        const { cost } = await runProcess('measure.mjs', what)
        if (cost !== undefined) all[name][scenario] = Math.min(cost, all[name][scenario] ?? Infinity)
      }
  return all
}

async function runProcess(file, options) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(here, file), JSON.stringify(options)],
    {
      env: { ...process.env, INFERENCE_DEBUG: '' },
    },
  )
  return JSON.parse(stdout)
}

function figure(value) {
  return value === undefined ? '' : value.toFixed(1)
}

function show(mode) {
  console.log(
    `\n${mode === 'record' ? 'Recording alone' : 'Recording and delivering over OTLP/HTTP'}: CPU µs a span`,
  )
  const rows = Object.keys(costs[mode].clew).map((scenario) => {
    const of = (name) => costs[mode][name][scenario]
    const ratio = (name) => (of(name) === undefined ? '' : `${(of('clew') / of(name)).toFixed(2)}x`)
    return {
      scenario,
      plain: figure(of('plain')),
      otel: figure(of('otel')),
      peer: figure(of('peer')),
      clew: figure(of('clew')),
      'clew/otel': ratio('otel'),
      'clew/peer': ratio('peer'),
    }
  })
  console.table(rows)
}

async function measureStartup() {
  const samples = { peer: [], clew: [] }
  for (let round = 0; round < 7; round += 1)
    for (const name of ['peer', 'clew'])
      samples[name].push(await runProcess('startup.mjs', { name, sdkFolder, peerFolder }))
  const median = (name, key) => samples[name].map((sample) => sample[key]).toSorted((a, b) => a - b)[3]
  const figures = ['peer', 'clew'].map((name) => ({
    name,
    'CPU ms': median(name, 'cpuMs').toFixed(0),
    'wall ms': median(name, 'wallMs').toFixed(0),
  }))
  console.log('\nImport and setup in a fresh process')
  console.table(figures)
  return median('clew', 'cpuMs') / median('peer', 'cpuMs')
}

function say(name, got, share) {
  console.log(
    `${got <= share ? 'met   ' : 'MISSED'} ${name}: ${got.toFixed(2)}x, at most ${share.toFixed(2)}x`,
  )
}

function judge() {
  console.log('')
  for (const { mode, scenario, against, share } of targets)
    say(`${scenario} against ${against}`, costs[mode].clew[scenario] / costs[mode][against][scenario], share)
  say('import and setup against peer', startup, 1 / 3)
}

function installPeer() {
  if (existsSync(join(peerFolder, 'node_modules', '@inference', 'tracing'))) return
  mkdirSync(peerFolder, { recursive: true })
  writeFileSync(
    join(peerFolder, 'package.json'),
    JSON.stringify({ private: true, dependencies: { '@inference/tracing': peerVersion } }),
  )
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: peerFolder,
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error('the peer could not be installed')
}
