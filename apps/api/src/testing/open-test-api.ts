import { createServer, type Server } from 'node:http'
import { createApiKey, openControl, publishFeed, revokeApiKey, type Control } from '@clew/control'
import { setUp, testSecret } from '@clew/control/testing'
import { openDb } from '@clew/db'
import { openTestDb, type TestDb } from '@clew/db/testing'
import { assembleTrace, type ProjectId } from '@clew/domain'
import { createLogger, createMountHandler } from '@clew/runtime'
import type { CanonicalLog, CanonicalSpan } from '@clew/semconv/span'
import {
  readLogs,
  readSpans,
  replaceSummaries,
  type InsertBatch,
  type RowOwner,
  type StoredRunEvent,
} from '@clew/store'
import { openTestStore, withoutArrivals } from '@clew/store/testing'
import { createApi } from '../create-api.ts'

export interface TestApi {
  /** Two API processes' worth of parts behind one database and one store; only the first one's process writes to it. */
  urls: readonly [string, string]
  key: string
  projectId: ProjectId
  /**
   * Stores rows, tells the feed and sums up, as ingest does; with `isTold: false` the feed says nothing, with
   * `isSummed: false` the summaries are still to come, and while `held` goes on the rows are on their way.
   */
  put: (rows: {
    spans?: readonly CanonicalSpan[]
    logs?: readonly CanonicalLog[]
    events?: readonly StoredRunEvent[]
    isTold?: boolean
    isSummed?: boolean
    held?: Promise<void>
  }) => Promise<void>
  cutListeners: TestDb['cutListeners']
  createKey: () => Promise<{ id: string; secret: string }>
  revokeKey: (id: string) => Promise<void>
  close: () => Promise<void>
}

/**
 * The API twice, each with a control and a feed hub of its own, and a third of ingest's, on one database: the server
 * that CLEW_TEST_DATABASE_URL names, where each has connections of its own, or else the embedded one.
 */
export async function openTestApi(): Promise<TestApi> {
  const test = await openTestDb()
  const { store, close: closeStore } = await openTestStore()
  const controls: Control[] = []
  const closes: (() => Promise<void>)[] = []
  const openOne = async (): Promise<Control> => {
    const db = test.url === undefined ? test.db : await openDb({ url: test.url })
    const control = await openControl({ db, secret: testSecret, publicUrl: 'http://127.0.0.1:4000' })
    controls.push(control)
    closes.push(async () => {
      await control.close()
      if (test.url !== undefined) await db.close()
    })
    return control
  }
  const ingest = await openOne()
  const { project, key, owner } = await setUp(ingest)
  const first = await serveApi({ control: await openOne(), store })
  const second = await serveApi({ control: await openOne(), store: withoutArrivals(store) })
  const projectId = project.id
  let count = 0
  const rowOwner = (): RowOwner => ({
    organisationId: owner.organisationId,
    projectId,
    retention: { metadataDays: 30, contentDays: 30 },
    receivedAtMs: Date.now(),
  })
  return {
    urls: [first.url, second.url],
    key: key.secret,
    projectId,
    put: async ({ spans = [], logs = [], events = [], isTold = true, isSummed = true, held }) => {
      count += 1
      const by = rowOwner()
      const batch: InsertBatch = {
        token: `test ${count}`,
        spans: spans.map((span) => ({ owner: by, span })),
        logs: logs.map((log) => ({ owner: by, log })),
        runEvents: events.map((event) => ({ owner: by, event })),
        scores: [],
      }
      const insertHeld = async () => {
        await held
        return await store.insertBatch(batch)
      }
      const stored = await (held === undefined
        ? store.insertBatch(batch)
        : store.arrivals.during(batch, insertHeld))
      if (!stored.ok) throw new Error(stored.error.message)
      if (!isTold) return
      const traceIds = [...new Set([...spans, ...logs, ...events].flatMap(({ traceId }) => traceId ?? []))]
      const sessionIds = [...new Set(spans.flatMap(({ sessionId }) => sessionId ?? []))]
      await publishFeed(ingest, { projectId, traceIds, sessionIds, kind: 'span' })
      if (logs.length + events.length > 0)
        await publishFeed(ingest, { projectId, traceIds, sessionIds: [], kind: 'log' })
      if (!isSummed) return
      const scope = { projectId, retention: by.retention, traceIds }
      const [kept, said] = await Promise.all([
        readSpans(store, { ...scope, content: 'preview' }),
        readLogs(store, scope),
      ])
      const assembled = traceIds.flatMap((traceId) => {
        const own = kept.filter((span) => span.traceId === traceId)
        const ownLogs = said.filter((log) => log.traceId === traceId)
        if (own.length === 0) return []
        return [{ owner: by, ...assembleTrace({ spans: own, logs: ownLogs, now: Date.now() }) }]
      })
      if (assembled.length > 0) await replaceSummaries(store, assembled)
      await publishFeed(ingest, { projectId, traceIds, sessionIds, kind: 'summary' })
    },
    cutListeners: test.cutListeners,
    createKey: async () => {
      const made = await createApiKey(ingest, owner, { projectId, name: 'reader', scopes: ['read'] })
      if (!made.ok) throw new Error(made.error.message)
      return { id: made.value.key.id, secret: made.value.secret }
    },
    revokeKey: async (keyId) => {
      const revoked = await revokeApiKey(ingest, owner, { projectId, keyId })
      if (!revoked.ok) throw new Error(revoked.error.message)
    },
    close: async () => {
      await first.close()
      await second.close()
      for (const close of closes) await close()
      await closeStore()
      await test.close()
    },
  }
}

async function serveApi(deps: Pick<Parameters<typeof createApi>[0], 'control' | 'store'>) {
  const logger = createLogger({ level: 'warn', format: 'human' })
  const publicUrl = 'http://127.0.0.1:4000'
  const config = { publicUrl, trustedOrigins: [], otlpUrl: publicUrl, version: 'test' }
  const api = createApi({ ...deps, logger, config })
  await api.start()
  const server: Server = createServer(createMountHandler({ mounts: [api], logger }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      await api.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
