import type { Browser, BrowserContext, Page } from 'playwright-core'
import { headless } from './start-clew.ts'

type StoredSession = Awaited<ReturnType<BrowserContext['storageState']>>

/** One sign-in a server: the product slows down whoever signs in again and again, as it should. */
const sessions = new Map<string, StoredSession>()

/** A fresh page of a person who is signed in. */
export async function openSignedIn(options: {
  browser: Browser
  url: string
  path: string
  colorScheme?: 'light' | 'dark'
}): Promise<Page> {
  const { browser, url, path, colorScheme = 'light' } = options
  const session = sessions.get(url) ?? (await signIn(browser, url))
  sessions.set(url, session)
  const viewport = { width: 1440, height: 900 }
  const context = await browser.newContext({ viewport, colorScheme, storageState: session })
  const page = await context.newPage()
  await page.goto(`${url}${path}`)
  return page
}

async function signIn(browser: Browser, url: string): Promise<StoredSession> {
  const context = await browser.newContext()
  const response = await context.request.post(`${url}/api/auth/sign-in/email`, {
    data: { email: headless.email, password: headless.password },
    headers: { origin: url },
  })
  if (!response.ok()) throw new Error(`Signing in answered ${response.status()}: ${await response.text()}`)
  const session = await context.storageState()
  await context.close()
  return session
}
