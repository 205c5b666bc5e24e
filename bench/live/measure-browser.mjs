import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '@clew/testing/browser'
import { createClient, quantile } from './otlp-client.mjs'

// From the start of a piece of work in an app on the SDK to the first frame of a page that holds its name, and where the
// time goes on the way. Moments are milliseconds since the epoch.
const [url = '', key = '', person = '{}', starts = '0'] = process.argv.slice(2)
const client = createClient({ url, key })

const browser = await launchBrowser()
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 2400 } })
  const headers = { origin: url, 'content-type': 'application/json' }
  await context.request.post(`${url}/api/auth/sign-in/email`, { data: JSON.parse(person), headers })
  const page = await context.newPage()
  await measureSteps(page, { what: 'a step on the page of its run', markerMs: '' })
  await measureRuns(page, { what: 'a run, with its running step, on the list of runs', markerMs: '' })
  await measureSteps(page, { what: 'such a step, its start told at once', markerMs: '0' })
  await measureRuns(page, { what: 'such a run, its start told at once', markerMs: '0' })
} finally {
  await browser.close()
}

async function measureSteps(page, { what, markerMs }) {
  const app = startApp('steps', markerMs)
  const [{ traceId }] = await once(app, 'message')
  await page.goto(`${url}/p/bench/runs/${traceId}`)
  await page.getByText('Watched agent').first().waitFor()
  const toldAt = new Map()
  const reader = client.readEvents(`/v1/traces/${traceId}/stream`, ({ type, span }) => {
    if (type === 'span-start') note(toldAt, span.name)
  })
  await reader.opened
  await watch({ what, mode: 'steps', page, app, markerMs, toldAt: ({ name }) => toldAt.get(name) })
  reader.close()
}

async function measureRuns(page, { what, markerMs }) {
  await page.goto(`${url}/p/bench/runs`)
  await page.getByText('Watched agent').first().waitFor()
  const toldAt = new Map()
  const reader = client.readEvents('/v1/now/stream', ({ runs = [] }) => {
    for (const run of runs) note(toldAt, run.traceId)
  })
  await reader.opened
  const app = startApp('runs', markerMs)
  await watch({ what, mode: 'runs', page, app, markerMs, toldAt: ({ traceId }) => toldAt.get(traceId) })
  reader.close()
}

function startApp(mode, markerMs) {
  return fork(fileURLToPath(new URL('watched-app.ts', import.meta.url)), [url, key, mode, starts, markerMs])
}

/** Lets the app work and says how long each part of the way took. */
async function watch({ what, mode, page, app, markerMs, toldAt }) {
  await page.evaluate(lookOut(mode))
  const all = []
  const requests = []
  app.on('message', ({ name, startedAt, traceId, sentAt }) => {
    if (sentAt !== undefined) requests.push(sentAt)
    if (name !== undefined) all.push({ name, startedAt, traceId })
  })
  app.send('go')
  await once(app, 'exit')
  const seenAt = new Map(await page.evaluate('[...seenAt]'))
  const least = markerMs === '' ? 80 : Number(markerMs)
  const ways = all.map((start) => ({
    started: start.startedAt,
    sent: requests.find((at) => at >= start.startedAt + least) ?? Number.NaN,
    told: toldAt(start) ?? Number.NaN,
    seen: seenAt.get(start.name) ?? Number.NaN,
  }))
  report(
    `  ${what}`,
    ways.map(({ started, seen }) => seen - started),
  )
  report(
    '    in the app',
    ways.map(({ started, sent }) => sent - started),
  )
  report(
    '    until a reader of the API is told',
    ways.map(({ sent, told }) => told - sent),
  )
  report(
    '    until the page shows it',
    ways.map(({ told, seen }) => seen - told),
  )
}

function note(moments, what) {
  if (!moments.has(what)) moments.set(what, Date.now())
}

/** For the page: notes when each name is first there. */
function lookOut(mode) {
  return `globalThis.seenAt = new Map()
    new MutationObserver(() => {
      for (const [name] of document.body.textContent.matchAll(/${mode}-\\d+-/g)) {
        if (!seenAt.has(name)) seenAt.set(name, Date.now())
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true })`
}

function report(what, times) {
  const sorted = times.filter((ms) => !Number.isNaN(ms)).toSorted((a, b) => a - b)
  const [p50, p95, slowest] = [0.5, 0.95, 1].map((share) => quantile(sorted, share))
  const missing = times.length - sorted.length
  console.log(
    `${what}: p50 ${p50} ms, p95 ${p95} ms, slowest ${slowest} ms (${sorted.length} starts${missing > 0 ? `, ${missing} never` : ''})`,
  )
}
