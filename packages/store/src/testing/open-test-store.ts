import type { Store } from '../store.ts'

/** A migrated store on an engine of its own; `close` removes its data. */
export async function openTestStore(options?: {
  clock?: () => number
}): Promise<{ store: Store; url: string; close: () => Promise<void> }> {
  void options
  throw new Error('openTestStore is not built yet')
}
