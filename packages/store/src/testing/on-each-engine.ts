import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { openStore } from '../open-store.ts'
import type { Store } from '../store.ts'
import { readTestConfig } from './config.ts'
import { openHttpFront } from './http-front.ts'
import { openTestStore } from './open-test-store.ts'

interface Opened {
  store: Store
  close: () => Promise<void>
}
type Options = {
  clock?: () => number
  /** All of them unless told otherwise. */
  engines?: readonly ('embedded' | 'http' | 'server')[]
}

/**
 * Runs a contract on every engine at hand, each on a store that starts empty: the embedded one, the same over
 * HTTP, and a server when `CLEW_TEST_CLICKHOUSE_URL` names one.
 */
export function onEachEngine(options: Options, contract: (engine: () => { store: Store }) => void): void {
  const engines = options.engines ?? ['embedded', 'http', 'server']
  if (engines.includes('embedded'))
    onEngine({ name: 'embedded', open: () => openTestStore(options), contract })
  if (engines.includes('http'))
    onEngine({ name: 'over HTTP', open: () => openBehindFront(options), contract })
  const { clickhouseUrl } = readTestConfig()
  if (clickhouseUrl && engines.includes('server')) {
    onEngine({ name: 'on a server', open: () => openOnServer(clickhouseUrl, options), contract })
  }
}

function onEngine(args: {
  name: string
  open: () => Promise<Opened>
  contract: (engine: () => { store: Store }) => void
}): void {
  // oxlint-disable-next-line vitest/valid-title -- the title is the engine's name
  describe(args.name, () => {
    let opened: Opened | undefined
    beforeAll(async () => {
      opened = await args.open()
    })
    afterAll(() => opened?.close())
    args.contract(() => {
      if (!opened) throw new Error('the store is not open')
      return opened
    })
  })
}

async function openBehindFront(options: Options): Promise<Opened> {
  const directory = mkdtempSync(join(tmpdir(), 'clew-front-store-'))
  const front = await openHttpFront({ directory, password: 'se/cret' })
  const url = `${front.url.replace('//', '//clew:se%2Fcret@')}/clew_tests`
  const store = await openStore({ url, ...options })
  await store.migrate()
  return {
    store,
    async close() {
      await store.close()
      await front.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function openOnServer(url: string, options: Options): Promise<Opened> {
  const database = `clew_test_${randomUUID().replaceAll('-', '')}`
  const address = new URL(url)
  address.pathname = `/${database}`
  const store = await openStore({ url: address.toString(), ...options })
  await store.migrate()
  return {
    store,
    async close() {
      await store.database.command({ sql: `DROP DATABASE ${database}` })
      await store.close()
    },
  }
}
