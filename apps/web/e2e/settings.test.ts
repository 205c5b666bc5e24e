import { launchBrowser } from '@clew/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newTraceId, postSpans, toRun } from './support/otlp.ts'
import { openSignedIn } from './support/sign-in.ts'
import { headless, headlessEnvironment, startClew } from './support/start-clew.ts'
import type { RunningClew } from './support/start-clew.ts'

const dayMs = 86_400_000
const path = `/p/${headless.project}/settings`
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

function send(apiKey: string, ageMs = 1000): Promise<number> {
  const startMs = Date.now() - ageMs
  const spans = toRun({
    traceId: newTraceId(),
    startMs,
    endMs: startMs + 500,
    input: 'Hello',
    output: 'Hello.',
  })
  return postSpans({ otlpUrl: clew.otlpUrl, apiKey, spans })
}

test('a key may be limited, is told so in the list, and refuses what goes beyond', async () => {
  const page = await openSignedIn({ browser, url: clew.url, path: `${path}/keys` })
  await page.getByRole('button', { name: 'Create a key' }).first().click()
  await page.getByLabel('Name').fill('limited')
  const requests = page.getByLabel('Requests a minute')
  await requests.fill('none')
  const create = page.getByRole('button', { name: 'Create the key' })
  expect(await create.isDisabled()).toBe(true)
  // A key that may not send has no such limits, and what was typed for them holds nobody up.
  await page.getByRole('checkbox', { name: 'read' }).check()
  await page.getByRole('checkbox', { name: 'ingest' }).uncheck()
  expect(await create.isEnabled()).toBe(true)
  await page.getByRole('checkbox', { name: 'ingest' }).check()
  await requests.fill('1')
  await page.getByRole('button', { name: 'Create the key' }).click()
  const secret = (await page.getByTestId('new-key-secret').textContent())?.trim() ?? ''
  expect([await send(secret), await send(secret)]).toEqual([200, 429])

  await page.getByRole('button', { name: 'I have copied it' }).click()
  const row = page.getByRole('row').filter({ hasText: 'limited' })
  await row.getByText('1 requests/min').waitFor()

  await row.getByRole('button', { name: 'Limits of limited' }).click()
  await page.getByLabel('Requests a minute').fill('')
  await page.getByLabel('Megabytes a body').fill('0.00001')
  await page.getByRole('button', { name: 'Set the limits' }).click()
  await row.getByText('bodies to 10 B').waitFor()
  await vi.waitFor(async () => expect(await send(secret)).toBe(413), { timeout: 1000, interval: 50 })
  await page.close()
})

test('a key is shown once, works at once, and is refused within a second after it is revoked', async () => {
  const page = await openSignedIn({ browser, url: clew.url, path: `${path}/keys` })
  await page.getByRole('button', { name: 'Create a key' }).first().click()
  await page.getByLabel('Name').fill('support-prod')
  await page.getByRole('button', { name: 'Create the key' }).click()
  const secret = (await page.getByTestId('new-key-secret').textContent())?.trim() ?? ''
  expect(await send(secret)).toBe(200)

  await page.getByRole('button', { name: 'I have copied it' }).click()
  const row = page.getByRole('row').filter({ hasText: 'support-prod' })
  await row.waitFor()
  expect(await page.content()).not.toContain(secret)
  expect(await row.textContent()).toContain(`…${secret.slice(-4)}`)

  await row.getByRole('button', { name: 'Revoke support-prod' }).click()
  await page.getByRole('button', { name: 'Revoke the key' }).click()
  await row.getByText('revoked').waitFor()
  await vi.waitFor(async () => expect(await send(secret)).toBe(401), { timeout: 1000, interval: 50 })

  await page.goto(`${clew.url}${path}/audit`)
  await page.getByRole('row').filter({ hasText: 'support-prod' }).first().waitFor()
  await page.context().close()
})

test('a shorter retention tells what it deletes before it is applied, and shows in the history', async () => {
  expect(await send(headless.apiKey, 10 * dayMs)).toBe(200)
  const page = await openSignedIn({ browser, url: clew.url, path: `${path}/retention` })
  await page.getByText('It deletes nothing that is stored now.').waitFor()
  await page.getByLabel('Runs and spans').selectOption({ label: '7 days' })
  await page.getByText('Applied now, it deletes').waitFor()
  await page.getByRole('button', { name: 'Review and apply' }).click()
  const dialog = page.getByRole('dialog', { name: 'Apply the new policy?' })
  expect(await dialog.textContent()).toContain('cannot be brought back')
  await dialog.getByRole('button', { name: 'Apply and delete' }).click()
  await dialog.waitFor({ state: 'detached' }).catch(() => dialog.waitFor({ state: 'hidden' }))
  await expect
    .poll(() => page.getByRole('row').filter({ hasText: '7 days' }).count(), { timeout: 20_000 })
    .toBeGreaterThan(0)
  await page.reload()
  expect(await page.getByLabel('Runs and spans').inputValue()).toBe('7')
  await page.context().close()
})

test('a price of the project holds for the calls after it, and can be taken back', async () => {
  const page = await openSignedIn({ browser, url: clew.url, path: `${path}/prices` })
  await page.getByRole('button', { name: 'Set a price' }).first().click()
  const form = page.getByRole('dialog', { name: 'Set a price' })
  await form.getByLabel('Model').fill('our-own-7b*')
  await form.getByLabel('Input').fill('0,4')
  await form.getByLabel('Output').fill('1.2')
  await form.getByRole('button', { name: 'Set the price' }).click()
  const row = page.getByRole('row').filter({ hasText: 'our-own-7b*' })
  await row.waitFor()
  expect(await row.textContent()).toContain('0.4')

  await page.getByLabel('Find a model').fill('claude-sonnet-4-5')
  await page.getByRole('row').filter({ hasText: 'Anthropic' }).first().waitFor()

  await row.getByRole('button', { name: 'Take back the price of our-own-7b*' }).click()
  await page.getByRole('button', { name: 'Take it back' }).click()
  await page.getByText('List prices hold for every model').waitFor()
  await page.context().close()
})

test('who sends stands among the instrumentation with how it looks, and how one more is connected', async () => {
  expect(await send(headless.apiKey)).toBe(200)
  const page = await openSignedIn({ browser, url: clew.url, path: `${path}/instrumentation` })
  const row = page.getByRole('row').filter({ hasText: 'e2e' })
  await row.getByText('openinference').waitFor()
  expect(await row.getByRole('img', { name: 'Well' }).count()).toBe(1)
  await page
    .getByRole('tab', { name: 'Already on OpenTelemetry' })
    .or(page.getByText('Already on OpenTelemetry'))
    .first()
    .click()
  await page.getByText('OTEL_EXPORTER_OTLP_ENDPOINT').waitFor()
  expect(await page.getByLabel('Code').textContent()).toContain(clew.otlpUrl)
  await page.context().close()
})

test('what was taken out stands among the privacy with its kind and count, and never itself', async () => {
  const page = await openSignedIn({ browser, url: clew.url, path: `${path}/privacy` })
  await page.getByText('Nothing had to be taken out').waitFor()
  const secret = `sk-ant-${'a1b2c3d4'.repeat(4)}`
  const startMs = Date.now() - 1000
  const spans = toRun({ traceId: newTraceId(), startMs, endMs: startMs + 500, input: `Use ${secret}` })
  expect(await postSpans({ otlpUrl: clew.otlpUrl, apiKey: headless.apiKey, spans })).toBe(200)
  await page.reload()
  const row = page.getByRole('row').filter({ hasText: '[redacted:anthropic-key]' })
  await row.getByText('Anthropic keys').waitFor()
  expect(await page.content()).not.toContain(secret)
  await page.context().close()
})
