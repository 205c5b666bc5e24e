import { launchBrowser } from '@clew/testing/browser'
import axe from 'axe-core'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newTraceId, postSpans, toRun } from './support/otlp.ts'
import { openSignedIn } from './support/sign-in.ts'
import { headless, headlessEnvironment, startClew } from './support/start-clew.ts'
import type { RunningClew } from './support/start-clew.ts'

const project = `/p/${headless.project}`
const pages = [
  ['Now', '', 'Just ended'],
  ['Runs', '/runs', 'Everything else'],
  ['no runs', '/runs?q=agent:nobody', 'Drop the filter'],
  ['Sessions', '/sessions', 'No run has named a session yet'],
  ['Agents', '/agents', 'Support Agent'],
  ['an agent', '/agents/Support%20Agent', 'check_stock'],
  ['Tasks', '/tasks', 'Support Agent'],
  ['Keys', '/settings/keys', 'Create a key'],
  ['Instrumentation', '/settings/instrumentation', 'OTLP over HTTP'],
  ['Privacy', '/settings/privacy', 'What counts as a secret'],
  ['Retention', '/settings/retention', 'It deletes nothing'],
  ['Prices', '/settings/prices', 'List prices hold for every model'],
  ['Audit', '/settings/audit', 'In detail'],
  ['System', '/settings/system', 'This project holds'],
] as const
let clew: RunningClew
let browser: Browser

beforeAll(async () => {
  clew = await startClew(headlessEnvironment)
  browser = await launchBrowser()
  const now = Date.now()
  const spans = [
    ...toRun({
      traceId: newTraceId(),
      startMs: now - 9000,
      endMs: now - 7000,
      input: 'Hello',
      output: 'Hello.',
    }),
    ...toRun({
      traceId: newTraceId(),
      startMs: now - 6000,
      endMs: now - 5000,
      input: 'Refund',
      error: '503',
    }),
    ...toRun({ traceId: newTraceId(), startMs: now - 2000, input: 'Still at it' }),
  ]
  await postSpans({ otlpUrl: clew.otlpUrl, apiKey: headless.apiKey, spans })
})

afterAll(async () => {
  await browser?.close()
  await clew?.stop()
})

/** What breaks WCAG 2.1 A or AA, contrast included, as one line each. */
async function listViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })`,
  )
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`))
}

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  let page: Page

  beforeAll(async () => {
    page = await openSignedIn({ browser, url: clew.url, path: project, colorScheme })
  })

  afterAll(async () => {
    await page?.context().close()
  })

  test.each(pages)('%s breaks no rule of accessibility', async (_name, path, sign) => {
    await page.goto(`${clew.url}${project}${path}`)
    await page.getByText(sign).first().waitFor()
    expect(await listViolations(page)).toEqual([])
  })

  test('signing in breaks none either', async () => {
    const context = await browser.newContext({ colorScheme })
    const login = await context.newPage()
    await login.goto(`${clew.url}/login`)
    await login.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await listViolations(login)).toEqual([])
    await context.close()
  })
})
