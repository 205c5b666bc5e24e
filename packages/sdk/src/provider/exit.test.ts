import { spawn } from 'node:child_process'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { bundleProgram } from '../testing/bundle-program.ts'
import { startSink } from '../testing/start-sink.ts'
import type { Sink } from '../testing/start-sink.ts'

const source = `
import { setup, manualSpan, agentSpan } from '@clew/sdk'
const [mode, endpoint] = process.argv.slice(2)
const clew = setup({ endpoint, serviceName: 'exit' })
manualSpan({ spanName: 'done' }, () => undefined)
const wait = () => new Promise(() => setTimeout(() => undefined, 10_000))
if (mode === 'longer') setTimeout(() => undefined, 600)
if (mode === 'shutdown') await clew.shutdown(100)
if (mode === 'exit') agentSpan({ agentId: 'open' }, () => process.exit(3))
if (mode === 'throw') agentSpan({ agentId: 'open' }, () => { setImmediate(() => { throw new Error('uncaught') }); return wait() })
if (mode === 'reject') void Promise.reject(new Error('unhandled'))
if (mode === 'signal') agentSpan({ agentId: 'open' }, () => { process.kill(process.pid, 'SIGTERM'); return wait() })
if (mode === 'own-signal') { process.on('SIGTERM', () => process.exit(7)); process.kill(process.pid, 'SIGTERM'); void wait() }
`

let program: Awaited<ReturnType<typeof bundleProgram>>
let sink: Sink

beforeAll(async () => {
  program = await bundleProgram(source)
})
afterAll(async () => await program.remove())

async function run(
  mode: string,
  endpoint: string,
): Promise<{ code: number | null; signal: string | null; ms: number; stderr: string }> {
  const started = performance.now()
  const child = spawn(process.execPath, [program.file, mode, endpoint], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  return await new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal, ms: performance.now() - started, stderr }))
  })
}

test.each([
  ['natural', { code: 0, signal: null }, ['done']],
  ['exit', { code: 3, signal: null }, ['done', 'open']],
  ['throw', { code: 1, signal: null }, ['done', 'open']],
  ['reject', { code: 1, signal: null }, ['done']],
  ['signal', { code: null, signal: 'SIGTERM' }, ['done', 'open']],
  ['own-signal', { code: 7, signal: null }, ['done']],
])('a process that ends by %s ends as it would have, and its spans arrive', async (mode, end, names) => {
  sink = await startSink()
  const { code, signal } = await run(mode, sink.url)
  expect({ code, signal }).toEqual(end)
  expect(
    sink
      .spans()
      .map((span) => span.name)
      .toSorted(),
  ).toEqual(names)
  await sink.close()
})

test('a span that was open at the end is told as lost', async () => {
  sink = await startSink()
  await run('exit', sink.url)
  expect(sink.span('open').attributes['clew.span.state']).toBe('lost')
  await sink.close()
})

test('a dead receiver neither holds the process up nor changes how it ends', async () => {
  const dead = await startSink()
  await dead.close()
  const result = await run('natural', dead.url)
  expect(result.code).toBe(0)
  expect(result.stderr).toContain('[clew]')
  expect(result.ms).toBeLessThan(2500)
  const longer = await run('longer', dead.url)
  expect(longer.ms).toBeLessThan(3000)
})

test('after shutdown a receiver that never answers does not hold the process up', async () => {
  sink = await startSink({ reply: () => ({ status: 200, delayMs: 60_000 }) })
  const result = await run('shutdown', sink.url)
  expect(result.code).toBe(0)
  expect(result.ms).toBeLessThan(2000)
  await sink.close()
})
