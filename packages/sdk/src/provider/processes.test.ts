import { spawn } from 'node:child_process'

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

import { bundleProgram } from '../testing/bundle-program.ts'
import { startSink } from '../testing/start-sink.ts'
import type { Sink } from '../testing/start-sink.ts'
import { toTree } from '../testing/to-tree.ts'

/**
 * One file that is parent and child, as `kind` says: the parent opens an agent's span, hands its trace context to a
 * child, and ends when that has. `ending` is how the child ends.
 */
const source = `
import { fork } from 'node:child_process'
import cluster from 'node:cluster'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api'
import { agentSpan, manualSpan, setup } from '@clew/sdk'

const [kind, ending, endpoint] = process.argv.slice(2)
const clew = setup({ endpoint, serviceName: 'app' })
const carried = isMainThread ? process.env.CARRIER : workerData
if (carried === undefined) await beParent()
else await beChild(propagation.extract(ROOT_CONTEXT, JSON.parse(carried)))

async function beParent() {
  if (ending === 'terminate') {
    const worker = start(JSON.stringify({}))
    await once(worker, 'message')
    await worker.terminate()
    return
  }
  const code = await agentSpan({ agentId: 'support', sessionId: 's_1' }, async () => {
    const carrier = {}
    propagation.inject(context.active(), carrier)
    const child = start(JSON.stringify(carrier))
    const [code] = await once(child, 'exit')
    return code
  })
  process.exitCode = code
}

function start(carrier) {
  const self = fileURLToPath(import.meta.url)
  const argv = [kind, ending, endpoint]
  const env = { ...process.env, CARRIER: carrier }
  if (kind === 'worker') return new Worker(self, { argv, workerData: carrier })
  if (kind === 'fork') return fork(self, argv, { env })
  return cluster.fork({ CARRIER: carrier })
}

async function beChild(parentContext) {
  await agentSpan({ agentId: 'helper', parentContext }, async () => {
    await manualSpan({ spanName: 'look up', spanKind: 'TOOL' }, async () => {
      if (ending === 'exit') process.exit(0)
    })
    if (ending === 'terminate') await untilTerminated()
  })
  if (ending === 'shutdown') await clew.shutdown()
  // The channel to the parent is what keeps a child alive.
  if (kind !== 'worker') process.disconnect()
}

async function untilTerminated() {
  await clew.forceFlush()
  manualSpan({ spanName: 'too late' }, () => undefined)
  parentPort.postMessage('flushed')
  await once(parentPort, 'message')
}
`

let program: Awaited<ReturnType<typeof bundleProgram>>
let sink: Sink

beforeAll(async () => {
  program = await bundleProgram(source)
})
afterAll(async () => await program.remove())
beforeEach(async () => {
  sink = await startSink()
})
afterEach(async () => await sink.close())

const run = async (kind: string, ending: string): Promise<{ code: number | null; stderr: string }> => {
  const child = spawn(process.execPath, [program.file, kind, ending, sink.url], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  return await new Promise((resolve) => child.on('exit', (code) => resolve({ code, stderr })))
}

test.each(
  ['worker', 'fork', 'cluster'].flatMap((kind) =>
    ['natural', 'shutdown', 'exit'].map((ending) => ({ kind, ending })),
  ),
)('the spans of a $kind that ends by $ending join the trace of its parent, each once', async (args) => {
  expect(await run(args.kind, args.ending)).toEqual({ code: 0, stderr: '' })
  expect(toTree(sink.spans())).toEqual(['support [AGENT]', '  helper [AGENT]', '    look up [TOOL]'])
  expect(new Set(sink.spans().map(({ traceId }) => traceId)).size).toBe(1)
  expect(sink.all().filter(({ endTimeUnixNano }) => endTimeUnixNano !== '0')).toHaveLength(3)
  expect(sink.span('look up').attributes).toMatchObject({ 'session.id': 's_1', 'agent.id': 'helper' })
})

test('a worker that is terminated leaves what was flushed, and its parent ends as it would have', async () => {
  expect(await run('worker', 'terminate')).toEqual({ code: 0, stderr: '' })
  expect(sink.spans().map(({ name }) => name)).toEqual(['look up'])
  const running = sink.all().find(({ name }) => name === 'helper')
  expect(running?.attributes['clew.span.state']).toBe('running')
})
