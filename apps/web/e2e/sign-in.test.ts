import { launchBrowser } from '@clew/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { headless, headlessEnvironment, startClew } from './support/start-clew.ts'
import type { RunningClew } from './support/start-clew.ts'

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

test('whoever is not signed in comes back to where they were going after they are', async () => {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${clew.url}/p/${headless.project}/runs?range=7d&q=agent:support`)
  await page.waitForURL('**/login?next=**')

  await page.getByLabel('E-mail').fill(headless.email)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('E-mail and password don’t match.').waitFor()

  await page.getByLabel('Password').fill(headless.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/runs?range=7d&q=agent:support')
  await page.getByRole('button', { name: 'Remove the filter agent = support' }).waitFor()

  await page.getByRole('button', { name: `Project ${headless.project}` }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL('**/login')
  await page.goto(`${clew.url}/p/${headless.project}`)
  await page.waitForURL('**/login?next=**')
  expect(await page.context().cookies()).toEqual([])
  await page.context().close()
})

test('the theme is there before the first paint, follows the system, and a choice stays', async () => {
  const context = await browser.newContext({ colorScheme: 'dark' })
  const page = await context.newPage()
  const themeAtFirstPaint = page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      Object.assign(window, { themeOfDocument: document.documentElement.dataset['theme'] })
    })
  })
  await themeAtFirstPaint
  await page.goto(`${clew.url}/setup`)
  expect(await page.evaluate(() => Reflect.get(window, 'themeOfDocument'))).toBe('dark')

  await page.getByRole('heading', { name: 'Sign in to Clew' }).waitFor()
  await page.evaluate(() => localStorage.setItem('clew-theme', 'light'))
  await page.reload()
  expect(await page.evaluate(() => Reflect.get(window, 'themeOfDocument'))).toBe('light')
  await context.close()
})
