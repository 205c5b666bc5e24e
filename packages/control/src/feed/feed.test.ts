import { randomBytes } from 'node:crypto'
import { openDb } from '@clew/db'
import type { Db } from '@clew/db'
import { tables } from '@clew/db'
import type { FeedEntry, ProjectId } from '@clew/domain'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openControl } from '../control.ts'
import type { Control } from '../control.ts'
import { createProject } from '../project/create-project.ts'
import type { Principal } from '../principal.ts'
import { openTestControl, setUp, testSecret } from '../testing/open-test-control.ts'
import type { TestControl } from '../testing/open-test-control.ts'
import { currentFeedSeq } from './current-feed-seq.ts'
import { feedChannel } from './feed-notification.ts'
import { keptForMs, pruneFeed } from './prune-feed.ts'
import { publishFeed } from './publish-feed.ts'
import { readFeedSince } from './read-feed-since.ts'
import { subscribeFeed } from './subscribe-feed.ts'

let open: TestControl
let owner: Principal
let projectId: ProjectId
let other: { db: Db; control: Control; close: () => Promise<void> }

beforeAll(async () => {
  open = await openTestControl()
  ;({ owner } = await setUp(open.control))
  other = await openOther()
})
afterAll(async () => {
  await other.close()
  await open.close()
})
beforeEach(async () => {
  const made = await createProject(open.control, owner, { name: 'Feed' })
  if (!made.ok) throw new Error(made.error.message)
  projectId = made.value.id
})

describe('the feed', () => {
  it('gathers what is published at once into one entry a kind', async () => {
    const { control } = open
    const span = { projectId, kind: 'span' as const, sessionIds: ['s'] }
    await Promise.all([
      publishFeed(control, { ...span, traceIds: ['a'] }),
      publishFeed(control, { ...span, traceIds: ['a', 'b'] }),
      publishFeed(control, { projectId, kind: 'summary', traceIds: ['a'], sessionIds: [] }),
    ])
    expect(await readFeedSince(control, { projectId, seq: 0 })).toEqual({
      entries: [
        { seq: 1, kind: 'span', traceIds: ['a', 'b'], sessionIds: ['s'] },
        { seq: 2, kind: 'summary', traceIds: ['a'], sessionIds: [] },
      ],
    })
    expect(await currentFeedSeq(control, projectId)).toBe(2)
    expect(await readFeedSince(control, { projectId, seq: 2 })).toEqual({ entries: [] })
  })

  it('reaches every process in order, without a hole or a repeat, from several publishers', async () => {
    const heard: Record<'here' | 'there', FeedEntry[]> = { here: [], there: [] }
    subscribeFeed(open.control, projectId, (entry) => heard.here.push(entry))
    subscribeFeed(other.control, projectId, (entry) => heard.there.push(entry))
    const published: string[] = []
    const publishers = [open.control, other.control]
    await Promise.all(
      publishers.map(async (control, publisher) => {
        for (let round = 0; round < 20; round += 1) {
          const traceId = `${publisher}-${round}`
          published.push(traceId)
          await publishFeed(control, { projectId, kind: 'span', traceIds: [traceId], sessionIds: [] })
        }
      }),
    )
    const last = await currentFeedSeq(open.control, projectId)
    for (const side of ['here', 'there'] as const) {
      await vi.waitFor(() => expect(heard[side].at(-1)?.seq).toBe(last), { timeout: 5000 })
      expect(heard[side].map((entry) => entry.seq)).toEqual(
        Array.from({ length: last }, (_, index) => index + 1),
      )
      expect(heard[side].flatMap((entry) => entry.traceIds).toSorted()).toEqual(published.toSorted())
    }
  })

  it('carries entries that are too long for a notification', async () => {
    const heard: FeedEntry[] = []
    subscribeFeed(other.control, projectId, (entry) => heard.push(entry))
    const traceIds = Array.from({ length: 950 }, () => randomBytes(16).toString('hex'))
    const sessionIds = ['ü'.repeat(9000), '"\\\u0001']
    await publishFeed(open.control, { projectId, kind: 'span', traceIds, sessionIds })
    await vi.waitFor(() => expect(heard.flatMap((entry) => entry.sessionIds)).toEqual(sessionIds), {
      timeout: 5000,
    })
    expect(heard.flatMap((entry) => entry.traceIds)).toEqual(traceIds)
  })

  it('stays within its project, and quiet after the subscription has ended', async () => {
    const heard: FeedEntry[] = []
    const stop = subscribeFeed(open.control, projectId, (entry) => heard.push(entry))
    const elsewhere = await createProject(open.control, owner, { name: 'Elsewhere' })
    if (!elsewhere.ok) throw new Error(elsewhere.error.message)
    const change = { kind: 'span' as const, traceIds: ['a'], sessionIds: [] }
    await publishFeed(open.control, { projectId: elsewhere.value.id, ...change })
    await publishFeed(open.control, { projectId, ...change })
    await vi.waitFor(() => expect(heard).toHaveLength(1))
    stop()
    await publishFeed(open.control, { projectId, ...change })
    await publishFeed(open.control, { projectId: elsewhere.value.id, ...change })
    expect(await readFeedSince(open.control, { projectId: elsewhere.value.id, seq: 0 })).toMatchObject({
      entries: [{ seq: 1 }, { seq: 2 }],
    })
    expect(heard).toHaveLength(1)
  })

  it('asks who comes back after an hour, from the future or far behind to start afresh', async () => {
    const { control, clock, test } = open
    const change = { projectId, kind: 'span' as const, sessionIds: [] }
    await publishFeed(control, { ...change, traceIds: ['old'] })
    clock.nowMs += keptForMs + 1
    await publishFeed(control, { ...change, traceIds: ['new'] })
    await pruneFeed(test.db, clock.nowMs)
    expect(await readFeedSince(control, { projectId, seq: 0 })).toBe('resync')
    expect(await readFeedSince(control, { projectId, seq: 1 })).toMatchObject({
      entries: [{ traceIds: ['new'] }],
    })
    expect(await readFeedSince(control, { projectId, seq: 3 })).toBe('resync')
    expect(await readFeedSince(control, { projectId, seq: -1 })).toBe('resync')
    await test.db.orm
      .update(tables.feedCounter)
      .set({ seq: 5000 })
      .where(eq(tables.feedCounter.projectId, projectId))
    expect(await readFeedSince(control, { projectId, seq: 2 })).toBe('resync')
  })

  it('fills a hole between notifications from the table, and tells of one that it cannot fill', async () => {
    const heard: number[] = []
    const resyncs: number[] = []
    subscribeFeed(
      open.control,
      projectId,
      (entry) => heard.push(entry.seq),
      () => resyncs.push(heard.length),
    )
    const change = { projectId, kind: 'span' as const, traceIds: ['a'], sessionIds: [] }
    await publishFeed(open.control, change)
    await vi.waitFor(() => expect(heard).toEqual([1]))
    const { orm } = open.test.db
    // A row whose notification got lost.
    await orm.update(tables.feedCounter).set({ seq: 2 }).where(eq(tables.feedCounter.projectId, projectId))
    const row = {
      projectId,
      seq: 2,
      kind: 'span' as const,
      traceIds: ['b'],
      sessionIds: [],
      createdAt: new Date(),
    }
    await orm.insert(tables.feed).values(row)
    await publishFeed(open.control, change)
    await vi.waitFor(() => expect(heard).toEqual([1, 2, 3]))
    expect(resyncs).toEqual([])
    await orm.update(tables.feedCounter).set({ seq: 7 }).where(eq(tables.feedCounter.projectId, projectId))
    await publishFeed(open.control, change)
    await vi.waitFor(() => expect(resyncs).toEqual([3]))
    await publishFeed(open.control, change)
    await vi.waitFor(() => expect(heard).toEqual([1, 2, 3, 9]))
  })

  it('takes no harm from foreign notifications', async () => {
    const heard: number[] = []
    subscribeFeed(open.control, projectId, (entry) => heard.push(entry.seq))
    for (const payload of ['', 'not json', '{}', `{"p":"x","s":1}`]) {
      await open.test.db.orm.execute(sql`select pg_notify(${feedChannel}, ${payload})`)
    }
    await publishFeed(open.control, { projectId, kind: 'span', traceIds: ['a'], sessionIds: [] })
    await vi.waitFor(() => expect(heard).toEqual([1]))
  })

  it('publishes what waits when control closes', async () => {
    const closing = await openOther()
    const published = publishFeed(closing.control, {
      projectId,
      kind: 'span',
      traceIds: ['z'],
      sessionIds: [],
    })
    await closing.close()
    await published
    expect(await readFeedSince(open.control, { projectId, seq: 0 })).toMatchObject({
      entries: [{ traceIds: ['z'] }],
    })
  })

  it('keeps what could not be written and publishes it when the database is back', async () => {
    const outage = { isAway: true }
    const flaky = await openOther((db) => ({
      ...db,
      orm: new Proxy(db.orm, {
        get(target, property, receiver) {
          if (outage.isAway && property === 'execute') throw new Error('away')
          return Reflect.get(target, property, receiver)
        },
      }),
    }))
    const change = { projectId, kind: 'span' as const, sessionIds: [] }
    const first = publishFeed(flaky.control, { ...change, traceIds: ['a'] })
    const second = publishFeed(flaky.control, { ...change, traceIds: ['b'] })
    outage.isAway = false
    await Promise.all([first, second])
    expect(await readFeedSince(open.control, { projectId, seq: 0 })).toEqual({
      entries: [{ seq: 1, kind: 'span', traceIds: ['a', 'b'], sessionIds: [] }],
    })
    await flaky.close()
  })
})

/** As another process: over a connection of its own where the engine allows it. */
async function openOther(alter: (db: Db) => Db = (db) => db): Promise<typeof other> {
  const { url } = open.test
  const own = url === undefined ? undefined : await openDb({ url })
  const db = alter(own ?? open.test.db)
  const control = await openControl({
    db,
    secret: testSecret,
    publicUrl: 'http://127.0.0.1:4000',
    clock: () => open.clock.nowMs,
  })
  return {
    db,
    control,
    async close() {
      await control.close()
      await own?.close()
    },
  }
}
