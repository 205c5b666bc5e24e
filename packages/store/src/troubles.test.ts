import { beforeAll, expect, it } from 'vitest'
import { replaceSummaries } from './insert/replace-summaries.ts'
import { listSkewedSenders } from './queries/list-skewed-senders.ts'
import { listUnpricedModels } from './queries/list-unpriced-models.ts'
import { listDisks } from './schema/list-disks.ts'
import { readSchemaState } from './schema/read-schema-state.ts'
import type { Store } from './store.ts'
import { buildAssembled } from './testing/build-run.ts'
import {
  ago,
  buildBatch,
  buildSpan,
  testNowMs,
  testOwner,
  testProject,
  testSpanId,
  testTraceId,
} from './testing/build-span.ts'
import { onEachEngine } from './testing/on-each-engine.ts'

const scope = { projectId: testProject(), retention: { metadataDays: 30, contentDays: 7 } } as const
const second = 1000
const hour = 3_600_000

const sent = (number: number, serviceName: string, startAgoMs: number, owner = testOwner()) => ({
  owner,
  span: buildSpan({
    traceId: testTraceId(number),
    spanId: testSpanId(number),
    startTimeUnixNano: ago(startAgoMs),
    resource: { 'service.name': serviceName },
    serviceName,
  }),
})

const call = (number: number, model: string, overrides = {}) =>
  buildSpan({
    traceId: testTraceId(number),
    spanId: testSpanId(number),
    model,
    provider: 'acme',
    usage: { input: 10, output: 2, total: 12 },
    cost: { currency: 'USD', source: 'unpriced' },
    ...overrides,
  })

onEachEngine({ clock: () => testNowMs }, (engine) => {
  let store: Store

  beforeAll(() => {
    store = engine().store
  })

  it('tells how far the schema has come', async () => {
    const { version, knownVersion } = await readSchemaState(store)
    expect(version).toBe(knownVersion)
    await store.database.command({
      sql: "INSERT INTO schema_migrations (version, name) VALUES (99, 'of later')",
    })
    expect(await readSchemaState(store)).toEqual({ version: 99, knownVersion })
  })

  it('tells the room on the disks it writes to', async () => {
    const [disk] = await listDisks(store)
    expect(disk?.freeBytes).toBeGreaterThan(0)
    expect(disk?.totalBytes).toBeGreaterThanOrEqual(disk?.freeBytes ?? Infinity)
  })

  it('names the services whose clocks are ahead or whose spans come late, and no others', async () => {
    const batch = buildBatch('skew', {
      spans: [
        sent(1, 'punctual', 1 * second),
        sent(2, 'punctual', 3 * hour),
        sent(3, 'ahead', -9 * second),
        sent(4, 'behind', 2 * hour),
        sent(5, 'long-ago', 2 * hour, testOwner({ receivedAtMs: testNowMs - 2 * hour + second })),
        sent(6, 'elsewhere', -9 * second, testOwner({ projectId: testProject(2) })),
      ],
    })
    expect(await store.insertBatch(batch)).toMatchObject({ ok: true })
    const limits = { aheadMsMax: 2 * second, behindMsMax: 300 * second, limit: 10 }
    expect(
      await listSkewedSenders(store, { ...scope, ...limits, receivedSinceMs: testNowMs - hour }),
    ).toEqual([
      { serviceName: 'behind', aheadMs: -2 * hour + second, spanCount: 1 },
      { serviceName: 'ahead', aheadMs: 10 * second, spanCount: 1 },
    ])
  })

  it('names the models that have tokens and no price', async () => {
    const cost = { total: 0.1, currency: 'USD', source: 'computed' } as const
    await replaceSummaries(store, [
      buildAssembled({ traceId: testTraceId(7) }, [call(7, 'acme-large')]),
      buildAssembled({ traceId: testTraceId(8) }, [call(8, 'acme-large')]),
      buildAssembled({ traceId: testTraceId(9) }, [call(9, 'known', { cost })]),
      buildAssembled({ traceId: testTraceId(10) }, [
        call(10, 'acme-old', { startTimeUnixNano: ago(30 * hour) }),
      ]),
    ])
    expect(await listUnpricedModels(store, { ...scope, sinceMs: testNowMs - 24 * hour, limit: 5 })).toEqual([
      { model: 'acme-large', provider: 'acme', callCount: 2 },
    ])
  })
})
