import type { Browser, Page } from 'playwright-core'
import { headless } from './start-clew.ts'

/** A fresh page of a person who is signed in. */
export async function openSignedIn(options: {
  browser: Browser
  url: string
  path: string
  colorScheme?: 'light' | 'dark'
}): Promise<Page> {
  const { browser, url, path, colorScheme = 'light' } = options
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme })
  const page = await context.newPage()
  const response = await page.request.post(`${url}/api/auth/sign-in/email`, {
    data: { email: headless.email, password: headless.password },
    headers: { origin: url },
  })
  if (!response.ok()) throw new Error(`Signing in answered ${response.status()}: ${await response.text()}`)
  await page.goto(`${url}${path}`)
  return page
}
