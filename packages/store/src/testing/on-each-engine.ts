import { afterAll, beforeAll, describe } from 'vitest'
import { openTestStore } from './open-test-store.ts'
import type { Store } from '../store.ts'

/** Runs a contract on every engine at hand, each on a store that starts empty. */
export function onEachEngine(
  options: { clock?: () => number },
  contract: (engine: () => { store: Store }) => void,
): void {
  describe('embedded', () => {
    let opened: Awaited<ReturnType<typeof openTestStore>> | undefined
    beforeAll(async () => {
      opened = await openTestStore(options)
    })
    afterAll(() => opened?.close())
    contract(() => {
      if (!opened) throw new Error('the store is not open')
      return opened
    })
  })
}
