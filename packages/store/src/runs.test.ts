import type { Filter, FilterCondition, FilterNode } from '@clew/domain'
import { beforeAll, expect, it } from 'vitest'
import { replaceSummaries } from './insert/replace-summaries.ts'
import { countRuns } from './queries/count-runs.ts'
import { listRuns } from './queries/list-runs.ts'
import { readRunSummaries } from './queries/read-run-summaries.ts'
import { runFacets } from './queries/run-facets.ts'
import { runHistogram } from './queries/run-histogram.ts'
import type { Store } from './store.ts'
import { StoreError } from './store-failure.ts'
import { buildAssembled, buildRun } from './testing/build-run.ts'
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
import { nastyText } from './testing/nasty-span.ts'
import { onEachEngine } from './testing/on-each-engine.ts'

const scope = { projectId: testProject(), retention: { metadataDays: 30, contentDays: 7 } } as const
const minute = 60_000
const day = 86_400_000
const everything: Filter = { scope: 'root' }

/** Five runs, the oldest last: 1 refund, 2 refund failed, 3 billing running, 4 nasty, 5 older than content may be. */
const runs = [
  buildRun({
    traceId: testTraceId(1),
    name: 'refund',
    startTimeUnixNano: ago(1 * minute),
    durationNs: '3000000000',
    agents: ['support', 'refunds'],
    models: ['gpt-5'],
    tools: ['lookup'],
    sessionIds: ['chat 1'],
    userIds: ['ann'],
    usage: { input: 100, output: 20, total: 120 },
    cost: { total: 0.3, currency: 'USD', source: 'computed' },
    serviceName: 'shop',
    environment: 'prod',
    outcome: 'success',
    inputPreview: 'where is my money',
    outputPreview: 'here',
  }),
  buildRun({
    traceId: testTraceId(2),
    name: 'refund',
    status: 'error',
    hasError: true,
    startTimeUnixNano: ago(2 * minute),
    agents: ['support'],
    models: ['gpt-5', 'haiku'],
    sessionIds: ['chat 1'],
    serviceName: 'shop',
    environment: 'dev',
    errorMessage: 'Rate limit reached',
    firstError: { spanId: testSpanId(2), name: 'lookup', message: 'no' },
  }),
  buildRun({
    traceId: testTraceId(3),
    name: 'billing',
    status: 'running',
    startTimeUnixNano: ago(3 * minute),
    usage: { total: 50 },
    tags: ['beta'],
    currentStep: { spanId: testSpanId(3), name: 'lookup', kind: 'TOOL', startTimeUnixNano: ago(1000) },
  }),
  buildRun({
    traceId: testTraceId(4),
    name: nastyText,
    startTimeUnixNano: ago(3 * minute),
    userIds: [nastyText],
  }),
  buildRun({
    traceId: testTraceId(5),
    name: 'old',
    startTimeUnixNano: ago(10 * day),
    inputPreview: 'expired',
  }),
]
const owner = testOwner({ retention: { metadataDays: 30, contentDays: 30 } })
const spans = [
  buildSpan({
    traceId: testTraceId(1),
    spanId: testSpanId(1),
    kind: 'AGENT',
    attributes: { tier: 'gold', tries: 2n },
  }),
  buildSpan({
    traceId: testTraceId(1),
    spanId: testSpanId(2),
    parentSpanId: testSpanId(1),
    kind: 'TOOL',
    tool: { name: 'lookup' },
    output: 'Order #42 was refunded; see “ticket”',
    attributes: { tier: 'silver', ratio: 0.5, flag: true, 'metadata.customer': 'ACME' },
    resource: { 'host.name': 'h1' },
  }),
  buildSpan({
    traceId: testTraceId(2),
    spanId: testSpanId(1),
    status: 'error',
    attributes: { tier: 'silver' },
  }),
  buildSpan({
    traceId: testTraceId(4),
    spanId: testSpanId(1),
    input: nastyText,
    attributes: { odd: nastyText },
  }),
]

async function seed(store: Store): Promise<void> {
  await store.insertBatch(buildBatch('seed', { spans: spans.map((span) => ({ owner, span })) }))
  const lookups = runs.map((run) => ({
    owner,
    span: buildSpan({
      traceId: run.traceId,
      spanId: testSpanId(9),
      startTimeUnixNano: run.startTimeUnixNano,
    }),
  }))
  await store.insertBatch(buildBatch('lookups', { spans: lookups }))
  await replaceSummaries(
    store,
    runs.map((trace) => buildAssembled(trace, [], owner)),
  )
}

onEachEngine({ clock: () => testNowMs }, (engine) => {
  beforeAll(() => seed(engine().store))

  const names = async (filter: Partial<Filter>): Promise<number[]> => {
    const page = await listRuns(engine().store, { ...scope, filter: { ...everything, ...filter }, limit: 50 })
    return page.items.map((run) => runs.findIndex((known) => known.traceId === run.traceId) + 1)
  }
  const where = (
    field: string,
    op: FilterCondition['op'],
    value?: FilterCondition['value'],
    at: Filter['scope'] = 'root',
  ): Promise<number[]> => names({ scope: at, where: { field, op, ...(value !== undefined && { value }) } })

  it('gives every field of a summary back, newest first, previews as long as content may be seen', async () => {
    const { items, nextCursor } = await listRuns(engine().store, { ...scope, filter: everything, limit: 50 })
    const { inputPreview: _gone, ...old } = runs[4] ?? buildRun()
    expect(items).toEqual([runs[0], runs[1], ...[runs[2], runs[3]].toReversed(), old])
    expect(nextCursor).toBeUndefined()
    const some = await readRunSummaries(engine().store, {
      ...scope,
      traceIds: [testTraceId(5), testTraceId(1), testTraceId(99)],
    })
    expect(some).toEqual([runs[0], old])
  })

  it.each(['start', 'duration', 'tokens', 'cost'] as const)(
    'pages by %s both ways without loss or repeat',
    async (by) => {
      for (const direction of ['asc', 'desc'] as const) {
        const seen: string[] = []
        let cursor: string | undefined
        do {
          const page = await listRuns(engine().store, {
            ...scope,
            filter: everything,
            sort: { by, direction },
            limit: 1,
            ...(cursor && { cursor }),
          })
          seen.push(...page.items.map((run) => run.traceId))
          cursor = page.nextCursor
        } while (cursor)
        expect(seen).toHaveLength(runs.length)
        expect(new Set(seen).size).toBe(runs.length)
        const all = await listRuns(engine().store, {
          ...scope,
          filter: everything,
          sort: { by, direction },
          limit: 50,
        })
        expect(seen).toEqual(all.items.map((run) => run.traceId))
      }
    },
  )

  it('refuses a cursor of another list, and an unknown field, by name', async () => {
    const list = (args: { cursor?: string; filter?: Filter }) =>
      listRuns(engine().store, { ...scope, filter: everything, limit: 1, ...args })
    const { nextCursor } = await listRuns(engine().store, {
      ...scope,
      filter: everything,
      sort: { by: 'cost', direction: 'asc' },
      limit: 1,
    })
    for (const cursor of ['', 'x', '%', nextCursor ?? '']) {
      const failure: unknown = await list({ cursor }).catch((error: unknown) => error)
      expect(StoreError.isInstance(failure) && failure.failure.code).toBe('invalid')
    }
    await expect(where('nonsense', '=', 1)).rejects.toThrow('there is no field "nonsense"')
    await expect(where('durationMs', '>', 'soon')).rejects.toThrow('"soon" is not a number')
  })

  it('filters on every kind of column with every operator', async () => {
    expect(await where('name', '=', 'refund')).toEqual([1, 2])
    expect(await where('name', '=', nastyText)).toEqual([4])
    expect(await where('name', '!=', 'refund')).toEqual([4, 3, 5])
    expect(await where('name', '~', 'REF')).toEqual([1, 2])
    expect(await where('name', '!~', 'ref')).toEqual([4, 3, 5])
    expect(await where('name', 'in', ['billing', nastyText])).toEqual([4, 3])
    expect(await where('name', 'not-in', ['billing', nastyText])).toEqual([1, 2, 5])
    expect(await where('status', '=', 'running')).toEqual([3])
    expect(await where('hasError', '=', true)).toEqual([2])
    expect(await where('durationMs', '>=', 3000)).toEqual([1])
    expect(await where('durationMs', 'between', [500, 1500])).toEqual([2, 4, 3, 5])
    expect(await where('tokens', '>', 49)).toEqual([1, 3])
    expect(await where('tokens', '<', 100)).toEqual([3])
    expect(await where('tokens', 'empty')).toEqual([2, 4, 5])
    expect(await where('cost', '=', 0.3)).toEqual([1])
    expect(await where('cost', '!=', 0.3)).toEqual([2, 4, 3, 5])
    expect(await where('outcome', 'not-empty')).toEqual([1])
    expect(await where('error', '~', 'rate LIMIT')).toEqual([2])
  })

  it('filters on lists by their members', async () => {
    expect(await where('agent', '=', 'support')).toEqual([1, 2])
    expect(await where('agent', '!=', 'support')).toEqual([4, 3, 5])
    expect(await where('model', 'in', ['haiku', 'none'])).toEqual([2])
    expect(await where('model', 'not-in', ['haiku'])).toEqual([1, 4, 3, 5])
    expect(await where('agent', '~', 'FUND')).toEqual([1])
    expect(await where('tag', 'not-empty')).toEqual([3])
    expect(await where('user', '=', nastyText)).toEqual([4])
    expect(await where('agent', 'between', ['s', 't'])).toEqual([1, 2])
  })

  it('joins conditions by and, or and not', async () => {
    const refund: FilterNode = { field: 'name', op: '=', value: 'refund' }
    const dev: FilterNode = { field: 'environment', op: '=', value: 'dev' }
    expect(await names({ where: { and: [refund, dev] } })).toEqual([2])
    expect(await names({ where: { or: [dev, { field: 'tag', op: '=', value: 'beta' }] } })).toEqual([2, 3])
    expect(await names({ where: { not: { or: [refund, dev] } } })).toEqual([4, 3, 5])
    expect(await names({ where: { and: [] } })).toHaveLength(5)
    expect(await names({ where: { or: [] } })).toEqual([])
  })

  it('filters on attributes of the root, of any span, and of any span of the session', async () => {
    expect(await where('attributes.tier', '=', 'gold')).toEqual([1])
    expect(await where('attributes.tier', '=', 'silver')).toEqual([2])
    expect(await where('attributes.tier', '=', 'silver', 'any')).toEqual([1, 2])
    expect(await where('attributes.tier', '=', 'gold', 'session')).toEqual([1, 2])
    expect(await where('attributes.tries', '>', 1, 'any')).toEqual([1])
    expect(await where('attributes.tries', '=', '2', 'any')).toEqual([1])
    expect(await where('attributes.ratio', 'between', [0.4, 0.6], 'any')).toEqual([1])
    expect(await where('attributes.flag', '=', true, 'any')).toEqual([1])
    expect(await where('attributes.odd', '=', nastyText, 'any')).toEqual([4])
    expect(await where('attributes.metadata.customer', '=', 'ACME', 'any')).toEqual([1])
    expect(await where('resource.host.name', '~', 'H1', 'any')).toEqual([1])
    expect(await where("attributes.' OR 1=1 --", '=', 'x', 'any')).toEqual([])
  })

  it('asks one span to meet all conditions at scope any', async () => {
    const silver: FilterNode = { field: 'attributes.tier', op: '=', value: 'silver' }
    expect(
      await names({ scope: 'any', where: { and: [silver, { field: 'kind', op: '=', value: 'TOOL' }] } }),
    ).toEqual([1])
    expect(
      await names({ scope: 'any', where: { and: [silver, { field: 'kind', op: '=', value: 'AGENT' }] } }),
    ).toEqual([])
  })

  it('finds words in inputs and outputs, whatever their case', async () => {
    expect(await names({ text: 'REFUNDED order' })).toEqual([1])
    expect(await names({ text: 'refunded nowhere' })).toEqual([])
    expect(await names({ text: '漢' })).toEqual([4])
    expect(await names({ text: '#' })).toEqual([1])
    expect(await names({ text: "'; DROP TABLE spans; --" })).toEqual([])
  })

  it('bounds by time, since inclusive and until exclusive, as text or number', async () => {
    expect(await names({ since: testNowMs - 2 * minute })).toEqual([1, 2])
    expect(await names({ until: testNowMs - 2 * minute })).toEqual([4, 3, 5])
    expect(await names({ since: new Date(testNowMs - 2 * minute).toISOString() })).toEqual([1, 2])
  })

  it('counts, draws a histogram that adds up, and counts facets', async () => {
    const { store } = engine()
    expect(await countRuns(store, { ...scope, filter: everything })).toBe(5)
    const filter = { ...everything, since: testNowMs - 4 * minute, until: testNowMs }
    const buckets = await runHistogram(store, { ...scope, filter, buckets: 4 })
    expect(buckets.map(({ total, failed, running }) => [total, failed, running])).toEqual([
      [0, 0, 0],
      [2, 0, 1],
      [1, 1, 0],
      [1, 0, 0],
    ])
    const whole = await runHistogram(store, { ...scope, filter: everything, buckets: 10 })
    expect(whole.reduce((sum, bucket) => sum + bucket.total, 0)).toBe(5)
    const facets = await runFacets(store, {
      ...scope,
      filter: everything,
      fields: ['agent', 'status', 'model', 'service', 'environment'],
    })
    expect(facets.agent).toEqual([
      { value: 'support', count: 2 },
      { value: 'refunds', count: 1 },
    ])
    expect(facets.status).toContainEqual({ value: 'running', count: 1 })
    expect(facets.service).toEqual([{ value: 'shop', count: 2 }])
    expect(
      await runFacets(store, {
        ...scope,
        filter: { scope: 'root', where: { field: 'agent', op: '=', value: 'x' } },
        fields: ['model'],
      }),
    ).toEqual({ model: [] })
  })
})
