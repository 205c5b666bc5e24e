import { launchBrowser } from '@clew/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newTraceId, postSpans, toRun } from './support/otlp.ts'
import { startClew } from './support/start-clew.ts'
import type { RunningClew } from './support/start-clew.ts'

let clew: RunningClew
let browser: Browser

beforeAll(async () => {
  clew = await startClew()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await clew?.stop()
})

test('the first person comes from the printed link to the first run without leaving the page', async () => {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(clew.setupUrl ?? '')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('That is no e-mail address.').waitFor()

  await page.getByLabel('Name').fill('Marta Lind')
  await page.getByLabel('E-mail').fill('marta@halden.example')
  await page.getByLabel('Password').fill('a long enough password')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Project name').fill('Halden Support')
  await page.getByRole('button', { name: 'Create project and key' }).click()

  const waiting = page.getByText('Waiting for the first span')
  await waiting.waitFor()
  const code = page.getByLabel('Code')
  const apiKey = /token: "([^"]+)"/.exec((await code.textContent()) ?? '')?.[1] ?? ''
  expect(await code.textContent()).toContain(clew.otlpUrl)
  await page.getByRole('radio', { name: 'Already on OpenTelemetry' }).click()
  expect(await code.textContent()).toContain(`x-api-key=${apiKey}`)

  const traceId = newTraceId()
  const now = Date.now()
  const spans = toRun({
    traceId,
    startMs: now - 900,
    endMs: now,
    input: 'Is this thing on?',
    output: 'It is.',
  })
  expect(await postSpans({ otlpUrl: clew.otlpUrl, apiKey: 'clew_sk_of_somebody_else_00000d1c', spans })).toBe(
    401,
  )
  await page.getByText('A request came with an unknown key, ending in …0d1c, and was refused').waitFor()

  expect(await postSpans({ otlpUrl: clew.otlpUrl, apiKey, spans })).toBe(200)
  await page.getByText('The first span is here').waitFor()
  await page.waitForURL(`**/p/halden-support/runs/${traceId}`)
  await page.context().close()
})

test('without the link nobody can claim the server, and afterwards the page asks to sign in', async () => {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${clew.url}/setup`)
  await page.getByRole('heading', { name: 'Sign in to Clew' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/login')
  await page.context().close()
})
