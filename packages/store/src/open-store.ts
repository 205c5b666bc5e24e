import type { Store } from './store.ts'

/** Opens `chdb:<dir>` or `http(s)://user:pass@host:port/db`; throws when the URL is neither. */
export async function openStore(options: { url: string; clock?: () => number }): Promise<Store> {
  throw new Error(`openStore is not built yet: ${options.url}`)
}
