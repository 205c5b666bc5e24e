import { launchBrowser } from '@clew/testing/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newTraceId, postSpans, toRun } from './support/otlp.ts'
import type { TestSpan } from './support/otlp.ts'
import { openSignedIn } from './support/sign-in.ts'
import { headless, headlessEnvironment, startClew } from './support/start-clew.ts'
import type { RunningClew } from './support/start-clew.ts'

const path = `/p/${headless.project}`
/** For machines that do other things, too; what must be quick is measured where it says so. */
const patience = { timeout: 20_000 }
let clew: RunningClew
let browser: Browser

beforeAll(async () => {
  clew = await startClew(headlessEnvironment)
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await clew?.stop()
})

async function post(spans: readonly TestSpan[]): Promise<void> {
  expect(await postSpans({ otlpUrl: clew.otlpUrl, apiKey: headless.apiKey, spans })).toBe(200)
}

function rowOf(page: Page, traceId: string) {
  return page.locator(`[data-trace="${traceId}"]`)
}

test('an empty project leads to the first span', async () => {
  const page = await openSignedIn({ browser, url: clew.url, path: `${path}/runs` })
  await page.getByText('Nothing has arrived in this project yet').waitFor()
  await page.getByRole('link', { name: 'Send a first span' }).click()
  await page.getByText('Waiting for the first span').waitFor()
  expect(new URL(page.url()).pathname).toBe('/setup')
  await page.context().close()
})

test('a run shows while it runs, with the step that it is at, and moves when it ends', async () => {
  const page = await openSignedIn({ browser, url: clew.url, path: `${path}/runs` })
  await page.getByRole('button', { name: 'Live' }).waitFor()
  const traceId = newTraceId()
  const startMs = Date.now() - 300
  const input = 'Can I still swap the boots for a 43?'
  const spans = toRun({ traceId, startMs, input })
  await post(spans)

  const row = rowOf(page, traceId)
  await row.getByText('check_stock').waitFor({ timeout: 5000 })
  await page.getByText('pinned while they run').waitFor()
  expect(await row.getByRole('img', { name: 'Running' }).count()).toBe(1)
  expect(await row.textContent()).toContain(input)

  const endMs = Date.now()
  await post(spans.map((span) => ({ ...span, endMs: span.endMs ?? endMs })))
  await row.getByRole('img', { name: 'Completed' }).waitFor()
  await page.getByText('pinned while they run').waitFor({ state: 'detached' })
  await page.context().close()
})

test('a failed run is surfaced with its first error', async () => {
  const traceId = newTraceId()
  const now = Date.now()
  await post(
    toRun({
      traceId,
      startMs: now - 5000,
      endMs: now - 2000,
      input: 'Refund HO-48213',
      error: '503 upstream timeout',
    }),
  )
  const page = await openSignedIn({ browser, url: clew.url, path: `${path}/runs` })
  await page.getByText('Needs a look').waitFor()
  await rowOf(page, traceId).getByText('check_stock: 503 upstream timeout').waitFor()

  await page.goto(`${clew.url}${path}`)
  await page.getByText('503 upstream timeout').waitFor()
  expect(await page.getByRole('table', { name: 'Needs a look' }).textContent()).toContain('check_stock')
  await page.context().close()
})

describe('with a hundred runs', () => {
  const found = newTraceId()

  beforeAll(async () => {
    const now = Date.now()
    const runs = Array.from({ length: 100 }, (_, index) => {
      const startMs = now - 60_000 - index * 30_000
      return toRun({
        traceId: newTraceId(),
        startMs,
        endMs: startMs + 1500,
        input: `Question ${index}`,
        output: 'Yes.',
      })
    })
    await post(runs.flat())
    await post(
      toRun({
        traceId: found,
        startMs: now - 40_000,
        endMs: now - 20_000,
        input: 'Where is my green tent?',
        output: 'In Drammen.',
      }),
    )
  })

  test('the URL holds filter, words, range and sorting, and a reload shows the same', async () => {
    const page = await openSignedIn({ browser, url: clew.url, path: `${path}/runs` })
    const filter = page.getByRole('combobox', { name: 'Filter runs' })
    await filter.fill('agent:"Support Agent" duration>5s tent')
    await filter.press('Enter')
    await rowOf(page, found).waitFor()
    await expect.poll(() => page.locator('[data-trace]').count(), patience).toBe(1)
    await page.getByRole('button', { name: 'Cost $' }).click()
    const url = new URL(page.url())
    expect(url.searchParams.get('q')).toBe('agent:"Support Agent" duration>5s tent')
    expect(url.searchParams.get('sort')).toBe('cost.desc')

    await page.reload()
    await rowOf(page, found).waitFor()
    await page.getByRole('button', { name: 'Remove the filter duration > 5s' }).click()
    await page.getByRole('button', { name: 'Clear the filter' }).click()
    await expect.poll(() => page.locator('[data-trace]').count(), patience).toBeGreaterThan(10)
    await page.context().close()
  })

  test('older runs come as one scrolls, and only rows in sight are drawn', async () => {
    const page = await openSignedIn({ browser, url: clew.url, path: `${path}/runs?sort=start.asc` })
    await page.getByText('Question 99', { exact: true }).waitFor()
    expect(await page.locator('[data-trace]').count()).toBeLessThan(60)
    const last = page.getByText('Where is my green tent?')
    await expect
      .poll(async () => {
        await page
          .locator('.data-table-scroll')
          .evaluate((element) => element.scrollTo(0, element.scrollHeight))
        return last.count()
      }, patience)
      .toBe(1)
    await page.context().close()
  })

  test('the keyboard walks the rows and opens one, and g n leads to Now', async () => {
    const page = await openSignedIn({ browser, url: clew.url, path: `${path}/runs?q=tent` })
    await rowOf(page, found).waitFor()
    await page.keyboard.press('j')
    await expect.poll(() => rowOf(page, found).getAttribute('data-cursor'), patience).toBe('true')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/runs/${found}`)
    await page.keyboard.press('g')
    await page.keyboard.press('n')
    await page.waitForURL(`**${path}`)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /Go to a page/ }).fill('reten')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/settings/retention')
    await page.context().close()
  })
})
