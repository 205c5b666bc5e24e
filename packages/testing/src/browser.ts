import { existsSync } from 'node:fs'
import chromium from '@sparticuz/chromium'
import { chromium as playwright, type Browser } from 'playwright-core'

export type { Page } from 'playwright-core'

/**
 * A headless Chromium for browser tests: the one that `CLEW_TEST_BROWSER` names, else the one that comes as a
 * package (Linux). Throws, so that tests fail rather than skip, when neither can run here.
 */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env['CLEW_TEST_BROWSER']
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CLEW_TEST_BROWSER names ${named}, which is not there`)
    return playwright.launch({ executablePath: named, args: ['--no-sandbox'] })
  }
  if (process.platform !== 'linux') {
    throw new Error('Browser tests need CLEW_TEST_BROWSER, the path of a Chrome or Chromium, on this system')
  }
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--disable-gpu'],
    headless: true,
  })
}
