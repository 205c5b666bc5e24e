import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { launchBrowser, type Page } from '@clew/testing/browser'

// From the start of a piece of work in an app on the SDK to the first frame of a page that holds its name.
const [url = '', key = '', person = '{}', starts = '0'] = process.argv.slice(2)
const browser = await launchBrowser()
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 2400 } })
  const headers = { origin: url, 'content-type': 'application/json' }
  await context.request.post(`${url}/api/auth/sign-in/email`, { data: person, headers })
  const page = await context.newPage()

  const app = startApp('steps')
  const [{ traceId }] = await once(app, 'message')
  await page.goto(`${url}/p/bench/runs/${traceId}`)
  await page.getByText('Watched agent').first().waitFor()
  report('a step on the page of its run', await watch({ mode: 'steps', page, app }))

  await page.goto(`${url}/p/bench/runs`)
  await page.getByText('Watched agent').first().waitFor()
  report('a run, with its running step, on the list of runs', await watch({ mode: 'runs', page }))
} finally {
  await browser.close()
}

function startApp(mode: string): ChildProcess {
  return fork(fileURLToPath(new URL('watched-app.ts', import.meta.url)), [url, key, mode, starts])
}

/** Milliseconds from each start to its name. */
async function watch(of: { mode: string; page: Page; app?: ChildProcess }): Promise<number[]> {
  const { mode, page, app = startApp(mode) } = of
  await page.evaluate(lookOut(mode))
  const startedAt = new Map<string, number>()
  app.on('message', (message: { name?: string; startedAt?: number }) => {
    const { name, startedAt: atMs } = message
    if (name !== undefined && atMs !== undefined) startedAt.set(name, atMs)
  })
  app.send('go')
  await once(app, 'exit')
  const seenAt = new Map<string, number>(await page.evaluate('[...seenAt]'))
  return [...startedAt].map(([name, at]) => (seenAt.get(name) ?? Number.POSITIVE_INFINITY) - at)
}

/** For the page: notes when each name is first there. */
function lookOut(mode: string): string {
  return `globalThis.seenAt = new Map()
    new MutationObserver(() => {
      for (const [name] of document.body.textContent.matchAll(/${mode}-\\d+-/g)) {
        if (!seenAt.has(name)) seenAt.set(name, Date.now())
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true })`
}

function report(what: string, late: readonly number[]): void {
  const sorted = late.toSorted((a, b) => a - b)
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(0)
  console.log(
    `  ${what}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${at(1)} ms (${sorted.length} starts)`,
  )
}
