// npm run bench:live: what live streams cost and how late they are. Everything is measured in one run of this file.
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle, here, root } from './bundle.mjs'
import { createClient, quantile, toSpan, wait } from './otlp-client.mjs'
import { person, startProduct } from './product.mjs'

const { values } = parseArgs({
  options: {
    subscribers: { type: 'string', default: '5000' },
    rate: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '10' },
    starts: { type: 'string', default: '100' },
    spans: { type: 'string', default: '20000' },
    pace: { type: 'string', default: '400' },
    view: { type: 'string', default: 'story' },
    beside: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})
const subscribers = Number(values.subscribers)
const rate = Number(values.rate)
const seconds = Number(values.seconds)
const starts = Number(values.starts)
const key = `clew_sk_bench_${randomBytes(12).toString('hex')}`

await bundle(['serve', 'subscribe'])

console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}; servers, apps and readers are processes of their own`,
)
const wants = (part) => values.only === undefined || values.only === part
if (wants('browser')) await measureBrowser()
if (wants('long-run')) await measureLongRun()
if (!wants('streams')) process.exit(0)

const env = { ...process.env, UV_THREADPOOL_SIZE: '16' }
const start = (name, args) => fork(join(root, 'bench', 'dist', 'live', `${name}.js`), args, { env })
const server = start('serve', [key, join(root, 'packages/db/migrations')])
const [{ port }] = await once(server, 'message')
const client = createClient({ url: `http://127.0.0.1:${port}`, key })
const ask = async (child, what) => {
  child.send(what)
  const [answer] = await once(child, 'message')
  return answer
}

try {
  await measureLatency()
  await measureFanOut()
} finally {
  server.send('stop')
}

/** From the start of work in an app on the SDK to its name in a real browser, against the built product. */
async function measureBrowser() {
  console.log('\nstart in the app to its name in the browser')
  const product = await startProduct(key)
  try {
    await runInBrowser('measure-browser.mjs', [
      product.url,
      key,
      JSON.stringify(person),
      String(Math.min(starts, 40)),
    ])
  } finally {
    await product.stop()
  }
}

/**
 * How long the page of a run is busy at a time while the run grows, against the built product. The server stands aside,
 * as it would on a machine of its own; with `--beside` the page has to share with it.
 */
async function measureLongRun() {
  const product = await startProduct(key, { isAside: !values.beside })
  try {
    await runInBrowser('measure-long-run.mjs', [
      product.url,
      key,
      JSON.stringify(person),
      values.spans,
      values.pace,
      values.view,
    ])
  } finally {
    await product.stop()
  }
}

async function runInBrowser(file, args) {
  const execArgv = ['--conditions', '@clew/source', '--import', 'tsx']
  const browser = fork(join(here, file), args, { execArgv, cwd: join(root, 'bench') })
  const [code] = await once(browser, 'exit')
  if (code !== 0) throw new Error(`the browser's part ended with ${code}`)
}

/** From the start of a span in the app, as an exporter posts it, to its event at a reader. */
async function measureLatency() {
  const traceId = randomBytes(16).toString('hex')
  await postSpan(traceId, '1'.repeat(16))
  const seen = new Map()
  const reader = client.readEvents(`/v1/traces/${traceId}/stream`, (event) => {
    if (event.type === 'span-start') seen.set(event.span.spanId, performance.now())
  })
  await reader.opened
  const posted = new Map()
  for (let index = 0; index < starts; index += 1) {
    const spanId = (index + 16).toString(16).padStart(16, '0')
    posted.set(spanId, performance.now())
    await postSpan(traceId, spanId, '1'.repeat(16))
    await wait(40 + Math.random() * 160)
  }
  for (let tries = 0; seen.size < starts && tries < 100; tries += 1) await wait(50)
  reader.close()
  const late = [...posted]
    .map(([spanId, at]) => (seen.get(spanId) ?? Number.NaN) - at)
    .toSorted((a, b) => a - b)
  console.log(
    `\nspan start, posted over OTLP, to its event at a reader: p50 ${quantile(late, 0.5)} ms, p95 ${quantile(late, 0.95)} ms (${late.length} starts)`,
  )
}

/** The cost of a delivery is what many readers cost more than one, for the same events. */
async function measureFanOut() {
  const alone = await deliverTo(1)
  const many = await deliverTo(subscribers)
  const marginal = (many.cpuSeconds - (alone.cpuSeconds / alone.sent) * many.sent) / (many.count - many.sent)
  const each = marginal * 1e6
  console.log(`\n${subscribers} subscribers of one run, ${many.sent} events in ${many.seconds.toFixed(1)} s`)
  console.log(`  delivered   ${many.count} of ${many.sent * subscribers}, ${many.ended} connections lost`)
  console.log(`  server CPU  ${many.cpuSeconds.toFixed(2)} s; ${each.toFixed(2)} µs a delivery`)
  console.log(`  so 50,000 deliveries a second take ${((each * 50_000) / 1e6).toFixed(2)} cores`)
  console.log(
    `  one reader  ${((alone.cpuSeconds / alone.sent) * 1e3).toFixed(1)} ms CPU an event for storing, reading and telling`,
  )
  console.log(
    `  idle with all of them open: ${many.idleCores.toFixed(3)} cores; memory ${Math.round(many.rss / 1e6)} MB`,
  )
}

async function deliverTo(readerCount) {
  const traceId = randomBytes(16).toString('hex')
  const spanId = '2'.repeat(16)
  await postSpan(traceId, spanId)
  const readers = start('subscribe', [String(port), `/v1/traces/${traceId}/stream`, key, String(readerCount)])
  try {
    await once(readers, 'message')
    await wait(2000)
    const idle = await cpuOver(async () => wait(3000))
    let sent = 0
    const perPost = Math.max(1, Math.round(rate / 2))
    const busy = await cpuOver(async () => {
      const from = performance.now()
      while (performance.now() - from < seconds * 1000) {
        await postDeltas(traceId, spanId, { from: sent, count: perPost })
        sent += perPost
        await wait(Math.max(0, from + (sent * 1000) / rate - performance.now()))
      }
      for (let tries = 0; tries < 200; tries += 1) {
        const { delivered } = await ask(readers, 'count')
        if (delivered >= sent * readerCount) break
        await wait(50)
      }
    })
    const { delivered: count, ended } = await ask(readers, 'count')
    return { ...busy, sent, count, ended, idleCores: idle.cpuSeconds / idle.seconds }
  } finally {
    readers.kill()
  }
}

async function cpuOver(work) {
  const before = await ask(server, 'cpu')
  const from = performance.now()
  await work()
  const after = await ask(server, 'cpu')
  const cpuSeconds = (after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system) / 1e6
  return { cpuSeconds, seconds: (performance.now() - from) / 1000, rss: after.rss }
}

function postSpan(traceId, spanId, parentSpanId) {
  return client.postSpans([
    toSpan({ traceId, spanId, parentSpanId, name: 'chat', kind: 'LLM', startMs: Date.now() }),
  ])
}

function postDeltas(traceId, spanId, { from, count }) {
  return client.postLogs(
    Array.from({ length: count }, (_, index) => ({
      traceId,
      spanId,
      timeUnixNano: `${Date.now()}${String(index).padStart(6, '0')}`,
      body: { stringValue: '' },
      attributes: [
        { key: 'event.name', value: { stringValue: 'clew.delta' } },
        { key: 'clew.delta.seq', value: { intValue: String(from + index) } },
        { key: 'clew.delta.channel', value: { stringValue: 'text' } },
        { key: 'clew.delta.text', value: { stringValue: 'a few more words of the answer ' } },
      ],
    })),
  )
}
