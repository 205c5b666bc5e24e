import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../open-store.ts'
import type { Store } from '../store.ts'

/** A migrated store on an embedded engine of its own; `close` removes its data. One at a time in a process. */
export async function openTestStore(options: { clock?: () => number } = {}): Promise<{
  store: Store
  url: string
  close: () => Promise<void>
}> {
  const directory = mkdtempSync(join(tmpdir(), 'clew-store-'))
  const url = `chdb:${directory}`
  const store = await openStore({ url, ...options })
  await store.migrate()
  return {
    store,
    url,
    async close() {
      await store.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
