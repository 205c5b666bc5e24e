import type { RetentionPolicy } from '@clew/domain'
import { beforeEach, expect, it, vi } from 'vitest'
import { replaceSummaries } from './insert/replace-summaries.ts'
import { listRuns } from './queries/list-runs.ts'
import { readSpans } from './queries/read-spans.ts'
import { expiryMs } from './retention/drop-expired-partitions.ts'
import { previewRetention } from './retention/preview-retention.ts'
import { sweepRetention } from './retention/sweep-retention.ts'
import type { Store } from './store.ts'
import { buildAssembled } from './testing/build-run.ts'
import {
  ago,
  buildBatch,
  buildSpan,
  testNowMs,
  testOwner,
  testProject,
  testTraceId,
} from './testing/build-span.ts'
import { onEachEngine } from './testing/on-each-engine.ts'

const day = 86_400_000
const ages = [2, 10, 40, 100]
const everything = { metadataDays: 730, contentDays: 730 } as const

let now = testNowMs
/** The engine deletes in its own time. */
const patience = { timeout: 40_000, interval: 200 }

async function seed(store: Store, args: { project: number; policy: RetentionPolicy }): Promise<void> {
  const owner = testOwner({ projectId: testProject(args.project), retention: args.policy })
  const kept = ages.filter((age) => age < args.policy.metadataDays)
  const spans = kept.map((age) =>
    buildSpan({
      traceId: testTraceId(args.project * 1000 + age),
      startTimeUnixNano: ago(age * day),
      output: 'said',
    }),
  )
  await store.insertBatch(
    buildBatch(`seed ${args.project}`, { spans: spans.map((span) => ({ owner, span })) }),
  )
  await replaceSummaries(
    store,
    spans.map((span) =>
      buildAssembled({ traceId: span.traceId, startTimeUnixNano: span.startTimeUnixNano }, [span], owner),
    ),
  )
}

/** What lies there, whatever a policy lets be seen: ages in days, of spans and of content. */
async function stored(
  store: Store,
  project: number,
): Promise<{ spans: number[]; content: number[]; runs: number[] }> {
  const scope = { projectId: testProject(project), retention: everything }
  const traceIds = ages.map((age) => testTraceId(project * 1000 + age))
  const spans = await readSpans(store, { ...scope, traceIds, content: 'full' })
  const runs = await listRuns(store, { ...scope, filter: { scope: 'root' }, limit: 50 })
  return {
    spans: spans.map((span) => ageOf(span.startTimeUnixNano)).toReversed(),
    content: spans
      .filter((span) => span.output)
      .map((span) => ageOf(span.startTimeUnixNano))
      .toReversed(),
    runs: runs.items.map((run) => ageOf(run.startTimeUnixNano)),
  }
}

function ageOf(start: string): number {
  return Math.round((testNowMs - Number(BigInt(start) / 1_000_000n)) / day)
}

async function classesOf(store: Store, table: string, project: number): Promise<unknown[]> {
  return store.database.query({
    sql: `SELECT DISTINCT retention_days AS days FROM ${table} WHERE project_id = {projectId:String} ORDER BY days`,
    params: { projectId: testProject(project) },
  })
}

onEachEngine({ clock: () => now, engines: ['embedded', 'server'] }, (engine) => {
  beforeEach(() => {
    now = testNowMs
  })

  it('foretells what a shorter policy deletes, and deletes that and no more, of that project and no other', async () => {
    const { store } = engine()
    const long = { metadataDays: 365, contentDays: 365 } as const
    await seed(store, { project: 1, policy: long })
    await seed(store, { project: 2, policy: long })
    const policy = { metadataDays: 30, contentDays: 7 } as const
    expect(await previewRetention(store, { projectId: testProject(1), policy })).toEqual({
      spanCount: 2,
      runCount: 2,
      contentCount: 3,
      oldestUnixNano: ago(100 * day),
    })
    const swept = await sweepRetention(store, { projects: [{ projectId: testProject(1), policy }] })
    expect(swept.movedRows).toBeGreaterThan(0)
    await vi.waitFor(
      async () => expect(await stored(store, 1)).toEqual({ spans: [2, 10], content: [2], runs: [2, 10] }),
      patience,
    )
    await vi.waitFor(async () => {
      expect(await classesOf(store, 'spans', 1)).toEqual([{ days: 30 }])
      expect(await classesOf(store, 'span_content', 1)).toEqual([{ days: 7 }])
    }, patience)
    expect(await stored(store, 2)).toEqual({ spans: ages, content: ages, runs: ages })
    await vi.waitFor(async () => {
      const again = await sweepRetention(store, { projects: [{ projectId: testProject(1), policy }] })
      expect(again.movedRows).toBe(0)
    }, patience)
  })

  it('keeps rows for as long as a longer policy says, and back again, losing none', async () => {
    const { store } = engine()
    await seed(store, { project: 3, policy: { metadataDays: 14, contentDays: 14 } })
    const longer = { metadataDays: 90, contentDays: 60 } as const
    const shorter = { metadataDays: 14, contentDays: 14 } as const
    for (const policy of [longer, shorter, longer]) {
      await sweepRetention(store, { projects: [{ projectId: testProject(3), policy }] })
      expect(await stored(store, 3)).toEqual({ spans: [2, 10], content: [2, 10], runs: [2, 10] })
    }
    now = testNowMs + 30 * day
    await sweepRetention(store, { projects: [{ projectId: testProject(3), policy: longer }] })
    expect((await stored(store, 3)).spans).toEqual([2, 10])
  })

  it('drops whole partitions once their last row has expired', async () => {
    const { store } = engine()
    await seed(store, { project: 4, policy: { metadataDays: 14, contentDays: 3 } })
    expect((await stored(store, 4)).content).toEqual([2, 10])
    await sweepRetention(store, { projects: [] })
    expect(await stored(store, 4)).toEqual({ spans: [2, 10], content: [2], runs: [2, 10] })
    now = testNowMs + 10 * day
    expect((await sweepRetention(store, { projects: [] })).droppedPartitions).toBeGreaterThan(0)
    expect(await stored(store, 4)).toEqual({ spans: [2], content: [], runs: [2] })
  })
})

it('knows when the youngest row of a partition expires', () => {
  expect(expiryMs("(7,'2026-11-20')")).toBe(Date.UTC(2026, 10, 28))
  expect(expiryMs("(30,'2026-11-16')")).toBe(Date.UTC(2026, 10, 16 + 37))
  expect(expiryMs('2026-11-20')).toBe(Date.UTC(2026, 10, 22))
  expect(expiryMs('all')).toBeUndefined()
})
