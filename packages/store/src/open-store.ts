import { createPrivacyClassifier } from '@clew/semconv/attributes'
import { Arrivals } from './arrivals/arrivals.ts'
import { openDatabase } from './driver/open-database.ts'
import { createSpanEncoder } from './insert/span-encoder.ts'
import { insertBatch } from './insert/insert-batch.ts'
import { migrate } from './schema/migrate.ts'
import type { Store } from './store.ts'

/** Opens `chdb:<dir>` or `http(s)://user:pass@host:port/db`; throws when the URL is neither. */
export async function openStore(options: { url: string; clock?: () => number }): Promise<Store> {
  const database = await openDatabase(options.url)
  const clock = options.clock ?? Date.now
  const classOf = createPrivacyClassifier()
  const encodeSpans = createSpanEncoder(classOf)
  const arrivals = new Arrivals({ isComplete: database.isOwned, classOf })
  return {
    arrivals,
    database,
    clock,
    migrate: () => migrate(database),
    ping: () => database.ping().catch(() => false),
    close: () => database.close(),
    insertBatch: (batch) => insertBatch(database, batch, { arrivals, encodeSpans, classOf }),
  }
}
