// node bench/live/grow.mjs: what it costs to follow one run while it grows, and how late its spans are. The same spans
// are stored once without a reader and once with one; the difference is the cost of following.
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle, root } from './bundle.mjs'
import { createClient, quantile, toSpan, wait } from './otlp-client.mjs'

const { values } = parseArgs({
  options: {
    spans: { type: 'string', default: '20000' },
    rate: { type: 'string', default: '400' },
  },
})
const spanCount = Number(values.spans)
const rate = Number(values.rate)
const batchSize = Math.max(1, Math.round(rate / 10))
const windowSpans = spanCount / 5
const key = `clew_sk_bench_${randomBytes(12).toString('hex')}`

await bundle(['serve'])

console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}; ${spanCount} spans at ${rate} a second`,
)
const alone = await grow({ isFollowed: false })
const followed = await grow({ isFollowed: true })
console.log('spans in the run   CPU to store   CPU to follow    span to reader p50   p95')
for (const [index, { spans, cores, late }] of followed.entries()) {
  const stored = alone[index]?.cores ?? Number.NaN
  const at = (share) => `${quantile(late, share)} ms`
  console.log(
    `${String(spans).padStart(8)} ${stored.toFixed(2).padStart(16)} ${(cores - stored).toFixed(2).padStart(14)} cores ${at(0.5).padStart(18)} ${at(0.95).padStart(10)}`,
  )
}

/** Lets a run grow at the rate; for each fifth of it the server's CPU time by wall time, and how late its spans were. */
async function grow({ isFollowed }) {
  const env = { ...process.env, UV_THREADPOOL_SIZE: '16' }
  const server = fork(join(root, 'bench/dist/live/serve.js'), [key, join(root, 'packages/db/migrations')], {
    env,
  })
  const [{ port }] = await once(server, 'message')
  const client = createClient({ url: `http://127.0.0.1:${port}`, key })
  const traceId = randomBytes(16).toString('hex')
  const rootId = '1'.repeat(16)
  const seenAt = new Map()
  let reader
  try {
    await client.postSpans([
      toSpan({ traceId, spanId: rootId, name: 'crawler', kind: 'AGENT', startMs: Date.now() }),
    ])
    if (isFollowed) {
      reader = client.readEvents(`/v1/traces/${traceId}/stream`, ({ type, span }) => {
        if (type === 'span-end' && !seenAt.has(span.spanId)) seenAt.set(span.spanId, performance.now())
      })
      await reader.opened
    }
    const windows = []
    let sent = 0
    while (sent < spanCount) {
      const before = await cpuOf(server)
      const from = performance.now()
      const posted = new Map()
      const until = sent + windowSpans
      while (sent < until) {
        const spans = Array.from({ length: batchSize }, (_, index) =>
          toStep({ traceId, rootId, number: sent + index }),
        )
        sent += batchSize
        const at = performance.now()
        await client.postSpans(spans)
        posted.set(spans.at(-1).spanId, at)
        const dueMs = from + ((sent - (until - windowSpans)) * 1000) / rate
        await wait(Math.max(0, dueMs - performance.now()))
      }
      const cores = ((await cpuOf(server)) - before) / 1e3 / (performance.now() - from)
      windows.push({ spans: sent, cores, posted })
    }
    const last = [...windows.at(-1).posted.keys()].at(-1)
    const triesMax = isFollowed ? 600 : 0
    for (let tries = 0; !seenAt.has(last) && tries < triesMax; tries += 1) await wait(100)
    return windows.map(({ spans, cores, posted }) => ({
      spans,
      cores,
      late: [...posted].map(([id, at]) => (seenAt.get(id) ?? Number.NaN) - at).toSorted((a, b) => a - b),
    }))
  } finally {
    reader?.close()
    server.send('stop')
    await once(server, 'exit')
  }
}

async function cpuOf(server) {
  server.send('cpu')
  const [{ cpu }] = await once(server, 'message')
  return cpu.user + cpu.system
}

function toStep({ traceId, rootId, number }) {
  const now = Date.now()
  return toSpan({
    traceId,
    spanId: (number + 256).toString(16).padStart(16, '0'),
    parentSpanId: rootId,
    name: `read_page ${number % 20}`,
    kind: 'TOOL',
    startMs: now - 40,
    endMs: now,
    attributes: { 'input.value': `{"url":"https://example.com/${number}"}` },
  })
}
