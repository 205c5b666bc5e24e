import type { Db } from '@clew/db'
import { createAuth } from './auth/create-auth.ts'
import type { Auth } from './auth/create-auth.ts'
import { FeedHub } from './feed/feed-hub.ts'
import { FeedPublisher } from './feed/feed-publisher.ts'
import { KeyUsage } from './api-key/key-usage.ts'
import { openMemory } from './memory/open-memory.ts'
import type { Memory } from './memory/open-memory.ts'
import { RecentRefusals } from './refusal/recent-refusals.ts'
import { ensureInstance } from './setup/ensure-instance.ts'

export interface ControlOptions {
  db: Db
  /** Signs session cookies and derives the first-run token; at least 32 characters. */
  secret: string
  /** Where people open Clew, such as `http://127.0.0.1:4000`. */
  publicUrl: string
  /** Further origins that a browser may sign in from. */
  trustedOrigins?: readonly string[]
  /** Milliseconds since the epoch. */
  clock?: () => number
}

/** The open control data: handed to every verb as its context. Callers pass it on and leave its parts alone. */
export interface Control {
  readonly publicUrl: string
  readonly db: Db
  readonly secret: string
  readonly instanceId: string
  readonly clock: () => number
  readonly auth: Auth
  readonly memory: Memory
  readonly usage: KeyUsage
  readonly refusals: RecentRefusals
  readonly publisher: FeedPublisher
  readonly hub: FeedHub
  /** Publishes what waits, and stops listening; the database stays open for its owner to close. */
  close(): Promise<void>
}

const secretLengthMin = 32

/** Opens control on a migrated database. */
export async function openControl(options: ControlOptions): Promise<Control> {
  const { db, secret, publicUrl } = options
  const clock = options.clock ?? Date.now
  if (secret.length < secretLengthMin) {
    throw new Error(`CLEW_SECRET must have at least ${secretLengthMin} characters; it has ${secret.length}`)
  }
  const instanceId = await ensureInstance(db)
  const auth = createAuth({ db, secret, publicUrl, trustedOrigins: options.trustedOrigins ?? [], clock })
  const memory = await openMemory(db)
  const usage = new KeyUsage(db)
  const publisher = new FeedPublisher({ db, clock })
  const hub = await FeedHub.open(db)
  return {
    publicUrl,
    db,
    secret,
    instanceId,
    clock,
    auth,
    memory,
    usage,
    refusals: new RecentRefusals(),
    publisher,
    hub,
    async close() {
      await publisher.close()
      await hub.close()
      await memory.close()
      await usage.close()
    },
  }
}
