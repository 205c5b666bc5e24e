import { randomBytes } from 'node:crypto'
import { launchBrowser } from '@clew/testing/browser'
import { createLongRun } from './long-run.mjs'
import { createClient, quantile, wait } from './otlp-client.mjs'

// How long the page of a run is busy at a time while the run grows to many thousand spans before its eyes.
const [url = '', key = '', person = '{}', spanCount = '0', pace = '0', view = 'story'] = process.argv.slice(2)
const client = createClient({ url, key })
const run = createLongRun({ traceId: randomBytes(16).toString('hex'), spanCount: Number(spanCount) })
const batchMs = 100
const inFlightMax = 8
const longMs = 50

const browser = await launchBrowser()
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const headers = { origin: url, 'content-type': 'application/json' }
  await context.request.post(`${url}/api/auth/sign-in/email`, { data: JSON.parse(person), headers })
  const page = await context.newPage()

  await client.postSpans(run.open())
  await page.goto(`${url}/p/bench/runs/${run.traceId}?view=${view}`)
  await page.getByText('long-runner').first().waitFor()
  await wait(2000)
  await page.evaluate(lookOut)
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })

  const from = performance.now()
  const posted = []
  while (!run.isDone()) {
    // An exporter does not wait for the answer to its last batch, up to a few of them.
    if (posted.length >= inFlightMax) await posted.at(-inFlightMax)
    posted.push(client.postSpans(run.next(Math.round((Number(pace) * batchMs) / 1000))))
    await wait(Math.max(0, from + (run.sent() * 1000) / Number(pace) - performance.now()))
  }
  await Promise.all(posted)
  const grewFor = (performance.now() - from) / 1000
  const last = performance.now()
  await page
    .getByText(`${run.sent().toLocaleString('en-US')} spans`)
    .first()
    .waitFor({ timeout: 120_000 })
  const behind = performance.now() - last
  const { tasks, frames } = await page.evaluate('watched')
  const cpu = toCpuTimes(JSON.parse((await browser.stopTracing()).toString()).traceEvents)
  console.log(`\na run grows to ${run.sent()} spans in ${grewFor.toFixed(0)} s before a browser, as ${view}`)
  report('tasks on the main thread, by the clock', tasks)
  report('tasks on the main thread, by the CPU time that they took', cpu)
  report('between two frames', frames)
  console.log(`  the last span was counted on the page ${behind.toFixed(0)} ms after it was posted`)
} finally {
  await browser.close()
}

/** For the page: notes each long task, and how long each frame was in coming. */
function lookOut() {
  const startedAt = performance.now()
  const watched = { tasks: [], frames: [] }
  globalThis.watched = watched
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.tasks.push(duration)
  }).observe({ type: 'longtask' })
  let before = startedAt
  const next = (now) => {
    watched.frames.push(now - before)
    before = now
    requestAnimationFrame(next)
  }
  requestAnimationFrame((now) => {
    before = now
    requestAnimationFrame(next)
  })
}

/** Milliseconds of CPU that each task of the page's main thread took, which others on the machine do not lengthen. */
function toCpuTimes(events) {
  const main = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  const threads = new Set(main.map(({ pid, tid }) => `${pid} ${tid}`))
  return events
    .filter(({ name, pid, tid }) => name.endsWith('RunTask') && threads.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => tdur / 1000)
}

function report(what, times) {
  const sorted = times.toSorted((a, b) => a - b)
  const long = sorted.filter((ms) => ms > longMs)
  const sum = long.reduce((total, ms) => total + ms, 0)
  console.log(
    `  ${what}: ${long.length} over ${longMs} ms, together ${(sum / 1000).toFixed(1)} s, longest ${quantile(sorted, 1)} ms`,
  )
}
