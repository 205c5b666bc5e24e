// npm run bench:live: what live streams cost and how late they are. Everything is measured in one run of this file.
import { fork, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { performance } from 'node:perf_hooks'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle, here, root } from './bundle.mjs'

const { values } = parseArgs({
  options: {
    subscribers: { type: 'string', default: '5000' },
    rate: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '10' },
    starts: { type: 'string', default: '100' },
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
if (values.only !== 'streams') await measureBrowser()
if (values.only === 'browser') process.exit(0)

const env = { ...process.env, UV_THREADPOOL_SIZE: '16' }
const start = (name, args) => fork(join(root, 'bench', 'dist', 'live', `${name}.js`), args, { env })
const server = start('serve', [key, join(root, 'packages/db/migrations')])
const [{ port }] = await once(server, 'message')
const url = `http://127.0.0.1:${port}`
const ask = async (child, what) => {
  child.send(what)
  const [answer] = await once(child, 'message')
  return answer
}
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

try {
  await measureLatency()
  await measureFanOut()
} finally {
  server.send('stop')
}

/** From the start of work in an app on the SDK to its name in a real browser, against the built product. */
async function measureBrowser() {
  console.log('\nstart in the app to its name in the browser')
  const directory = mkdtempSync(join(tmpdir(), 'clew-bench-browser-'))
  const person = { email: 'bench@example.com', password: 'correct horse battery' }
  const clew = spawn(process.execPath, [join(root, 'apps/standalone/dist/main.js')], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      NODE_ENV: 'production',
      UV_THREADPOOL_SIZE: '16',
      CLEW_PORT: '0',
      CLEW_OTLP_PORT: 'off',
      CLEW_DATA_DIR: directory,
      CLEW_INIT_ADMIN_EMAIL: person.email,
      CLEW_INIT_ADMIN_PASSWORD: person.password,
      CLEW_INIT_PROJECT: 'Bench',
      CLEW_INIT_API_KEY: key,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const baseUrl = await addressOf(clew)
    const execArgv = ['--conditions', '@clew/source', '--import', 'tsx']
    const args = [baseUrl, key, JSON.stringify(person), String(Math.min(starts, 40))]
    const browser = fork(join(here, 'measure-browser.ts'), args, { execArgv, cwd: join(root, 'bench') })
    const [code] = await once(browser, 'exit')
    if (code !== 0) throw new Error(`the browser's part ended with ${code}`)
  } finally {
    clew.kill('SIGTERM')
    await once(clew, 'exit')
    rmSync(directory, { recursive: true, force: true })
  }
}

async function addressOf(child) {
  let said = ''
  const address = new Promise((resolve) => {
    child.stdout.on('data', (chunk) => {
      said += chunk
      const found = /Open\s+(\S+)/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    })
  })
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`Clew did not start:\n${said}`)))
  return Promise.race([address, ended])
}

/** From the start of a span in the app, as an exporter posts it, to its event at a reader. */
async function measureLatency() {
  const traceId = randomBytes(16).toString('hex')
  await postSpan(traceId, '1'.repeat(16))
  const seen = new Map()
  const reader = readEvents(`/v1/traces/${traceId}/stream`, (event) => {
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
  const at = (share) => late[Math.min(late.length - 1, Math.floor(late.length * share))]?.toFixed(0)
  console.log(
    `\nspan start, posted over OTLP, to its event at a reader: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (${late.length} starts)`,
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

async function post(path, body) {
  const reply = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  })
  const text = await reply.text()
  if (!reply.ok || text.includes('rejected')) throw new Error(`${path} answered ${reply.status}: ${text}`)
}

function postSpan(traceId, spanId, parentSpanId) {
  const attributes = [
    { key: 'clew.span.state', value: { stringValue: 'running' } },
    { key: 'openinference.span.kind', value: { stringValue: 'LLM' } },
  ]
  const span = {
    traceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name: 'chat',
    kind: 1,
    startTimeUnixNano: `${Date.now()}000000`,
    endTimeUnixNano: '0',
    attributes,
  }
  return post('/v1/traces', {
    resourceSpans: [{ resource: {}, scopeSpans: [{ scope: { name: 'bench' }, spans: [span] }] }],
  })
}

function postDeltas(traceId, spanId, { from, count }) {
  const logRecords = Array.from({ length: count }, (_, index) => ({
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
  }))
  return post('/v1/logs', {
    resourceLogs: [{ resource: {}, scopeLogs: [{ scope: { name: 'bench' }, logRecords }] }],
  })
}

function readEvents(path, onEvent) {
  const aborter = new AbortController()
  const opened = (async () => {
    const headers = { authorization: `Bearer ${key}`, accept: 'application/x-ndjson' }
    const reply = await fetch(url + path, { headers, signal: aborter.signal })
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}`)
    void (async () => {
      let text = ''
      for await (const chunk of reply.body.pipeThrough(new TextDecoderStream())) {
        text += chunk
        const lines = text.split('\n')
        text = lines.pop() ?? ''
        for (const line of lines) if (line !== '') onEvent(JSON.parse(line))
      }
    })().catch(() => {})
  })()
  return { opened, close: () => aborter.abort() }
}
