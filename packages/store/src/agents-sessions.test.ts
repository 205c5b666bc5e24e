import { beforeAll, expect, it } from 'vitest'
import { replaceSummaries } from './insert/replace-summaries.ts'
import { agentCallEdges } from './queries/agent-call-edges.ts'
import { firstSpanOf } from './queries/first-span-of.ts'
import { listAgents } from './queries/list-agents.ts'
import { listDirtyTraces } from './queries/list-dirty-traces.ts'
import { listRuns } from './queries/list-runs.ts'
import { listUsedModels } from './queries/list-used-models.ts'
import { listSessions } from './queries/list-sessions.ts'
import { readAgent } from './queries/read-agent.ts'
import { readSession } from './queries/read-session.ts'
import { readUsage } from './queries/read-usage.ts'
import { buildAssembled } from './testing/build-run.ts'
import {
  ago,
  buildBatch,
  buildSpan,
  testNowMs,
  testOrganisation,
  testOwner,
  testProject,
  testSpanId,
  testTraceId,
} from './testing/build-span.ts'
import { onEachEngine } from './testing/on-each-engine.ts'

const retention = { metadataDays: 30, contentDays: 7 } as const
const scope = { projectId: testProject(), retention }
const window = { sinceMs: testNowMs - 86_400_000, untilMs: testNowMs + 1 }
const minute = 60_000

const support = { name: 'support', id: 'a1', version: '2' }
const refunds = { name: 'refunds' }
const usage = { input: 100, output: 20, total: 120 }
const cost = { total: 0.2, currency: 'USD', source: 'computed' } as const

/** An agent that reports the sum of its model calls, calls a tool and hands to a second agent. */
const spansOfOne = [
  buildSpan({
    spanId: testSpanId(1),
    kind: 'AGENT',
    agent: support,
    usage: { ...usage, total: 240, input: 200, output: 40 },
    durationNs: '4000000000',
  }),
  buildSpan({
    spanId: testSpanId(2),
    parentSpanId: testSpanId(1),
    agent: support,
    model: 'gpt-5',
    usage,
    cost,
  }),
  buildSpan({
    spanId: testSpanId(3),
    parentSpanId: testSpanId(1),
    kind: 'TOOL',
    agent: support,
    tool: { name: 'lookup' },
    status: 'error',
  }),
  buildSpan({
    spanId: testSpanId(4),
    parentSpanId: testSpanId(3),
    kind: 'AGENT',
    agent: refunds,
    durationNs: '2000000000',
  }),
  buildSpan({
    spanId: testSpanId(5),
    parentSpanId: testSpanId(4),
    agent: refunds,
    model: 'haiku',
    usage,
    cost,
  }),
  buildSpan({
    spanId: testSpanId(6),
    parentSpanId: testSpanId(5),
    agent: refunds,
    model: 'haiku',
    usage,
    cost,
    duplicateOf: testSpanId(5),
  }),
].map((span) => ({ ...span, traceId: testTraceId(1) }))

const traces = [
  buildAssembled(
    {
      traceId: testTraceId(1),
      startTimeUnixNano: ago(minute),
      agents: ['support', 'refunds'],
      sessionIds: ['chat'],
      userIds: ['ann'],
      usage: { input: 200, output: 40, total: 240 },
      cost: { total: 0.4, currency: 'USD', source: 'computed' },
      outcome: 'success',
      inputPreview: 'hello',
      outputPreview: 'done',
    },
    spansOfOne,
  ),
  buildAssembled({
    traceId: testTraceId(2),
    startTimeUnixNano: ago(5 * minute),
    status: 'error',
    agents: ['support'],
    sessionIds: ['chat', 'other'],
    inputPreview: 'first',
    outcome: 'failure',
  }),
  buildAssembled({
    traceId: testTraceId(3),
    startTimeUnixNano: ago(9 * minute),
    status: 'running',
    sessionIds: ['third'],
    durationNs: '0',
  }),
]

onEachEngine({ clock: () => testNowMs }, (engine) => {
  beforeAll(async () => {
    const { store } = engine()
    const spans = [
      ...spansOfOne,
      buildSpan({ traceId: testTraceId(2) }),
      buildSpan({ traceId: testTraceId(3) }),
    ]
    await store.insertBatch(
      buildBatch('agents', {
        spans: spans.map((span, index) => ({ owner: testOwner({ receivedAtMs: testNowMs + index }), span })),
      }),
    )
    await replaceSummaries(store, traces)
  })

  it('counts the runs, tokens, cost and time of each agent once', async () => {
    const agents = await listAgents(engine().store, { ...scope, ...window })
    expect(agents.map((agent) => agent.name)).toEqual(['support', 'refunds'])
    expect(agents[0]).toEqual({
      name: 'support',
      agentId: 'a1',
      versions: ['2'],
      runCount: 2,
      runningCount: 0,
      errorCount: 0,
      spanCount: 3,
      successRate: 0.5,
      durationMsP50: 4000,
      durationMsP95: 4000,
      usage,
      cost: { total: 0.2, currency: 'USD', source: 'computed' },
      costPerSuccess: 0.2,
      models: ['gpt-5'],
      tools: ['lookup'],
      lastSeenUnixNano: ago(minute - 1000),
    })
    const refundsAgent = await readAgent(engine().store, { ...scope, ...window, name: 'refunds' })
    expect(refundsAgent).toEqual(agents[1])
    expect(refundsAgent?.usage).toEqual(usage)
    expect(await readAgent(engine().store, { ...scope, ...window, name: 'nobody' })).toBeUndefined()
  })

  it('knows who called whom and what', async () => {
    const edges = await agentCallEdges(engine().store, { ...scope, ...window, name: 'support' })
    expect(
      edges.map(({ from, to, kind, callCount, errorCount }) => [from, to, kind, callCount, errorCount]),
    ).toEqual([
      ['support', 'gpt-5', 'model', 1, 0],
      ['support', 'lookup', 'tool', 1, 1],
      ['support', 'refunds', 'agent', 1, 0],
    ])
    expect(await agentCallEdges(engine().store, { ...scope, ...window })).toHaveLength(4)
  })

  it('lists the models that were called, those without a price first', async () => {
    const { store } = engine()
    const owner = testOwner({ projectId: testProject(4) })
    const other = { projectId: testProject(4), retention }
    const traceId = testTraceId(9)
    const call = { traceId, usage, startTimeUnixNano: ago(minute), provider: 'openai' }
    const unpriced = { currency: 'USD', source: 'unpriced' } as const
    const spans = [
      buildSpan({ ...call, spanId: testSpanId(1), model: 'gpt-5', cost }),
      buildSpan({ ...call, spanId: testSpanId(2), model: 'ours', cost: unpriced }),
      buildSpan({ ...call, spanId: testSpanId(3), model: 'ours', cost: unpriced }),
      buildSpan({ ...call, spanId: testSpanId(4), kind: 'TOOL', tool: { name: 'x' } }),
    ]
    await replaceSummaries(store, [buildAssembled({ traceId, startTimeUnixNano: ago(minute) }, spans, owner)])
    expect(await listUsedModels(store, { ...other, limit: 10 })).toEqual([
      {
        model: 'ours',
        provider: 'openai',
        callCount: 2,
        unpricedCount: 2,
        inputTokens: 200,
        outputTokens: 40,
        lastSeenUnixNano: expect.stringMatching(/^\d{19}$/),
      },
      expect.objectContaining({ model: 'gpt-5', callCount: 1, unpricedCount: 0 }),
    ])
    expect(await listUsedModels(store, { projectId: testProject(8), retention, limit: 10 })).toEqual([])
  })

  it('pages through sessions by latest activity and reads one with its traces in order', async () => {
    const { store } = engine()
    const first = await listSessions(store, { ...scope, limit: 1 })
    expect(first.items).toEqual([
      {
        sessionId: 'chat',
        runCount: 2,
        runningCount: 0,
        errorCount: 1,
        userIds: ['ann'],
        agents: ['refunds', 'support'],
        startTimeUnixNano: ago(5 * minute),
        lastTimeUnixNano: ago(minute - 1000),
        durationNs: String(BigInt(4 * minute + 1000) * 1_000_000n),
        usage: { input: 200, output: 40, total: 240 },
        cost: { total: 0.4, currency: 'USD', source: 'computed' },
        firstInputPreview: 'first',
        lastOutputPreview: 'done',
      },
    ])
    const rest = await listSessions(store, { ...scope, limit: 5, cursor: first.nextCursor ?? '' })
    expect(rest.items.map((session) => session.sessionId)).toEqual(['other', 'third'])
    expect(rest.nextCursor).toBeUndefined()
    const chat = await readSession(store, { ...scope, sessionId: 'chat' })
    expect(chat).toEqual({ session: first.items[0], traceIds: [testTraceId(2), testTraceId(1)] })
    expect(await readSession(store, { ...scope, sessionId: 'none' })).toBeUndefined()
  })

  it('leaves no ghost when a trace turns out to have begun an hour earlier, or its spans differ', async () => {
    const { store } = engine()
    const traceId = testTraceId(7)
    const span = buildSpan({ traceId, agent: support, model: 'unknown', startTimeUnixNano: ago(minute) })
    const parent = buildSpan({
      traceId,
      spanId: testSpanId(2),
      kind: 'AGENT',
      agent: { name: 'late' },
      startTimeUnixNano: ago(90 * minute),
    })
    const owner = testOwner({ projectId: testProject(3) })
    const other = { ...scope, projectId: testProject(3), filter: { scope: 'root' } as const, limit: 10 }
    await replaceSummaries(store, [
      buildAssembled({ traceId, startTimeUnixNano: ago(minute), agents: ['support'] }, [span], owner),
    ])
    await replaceSummaries(store, [
      buildAssembled(
        { traceId, startTimeUnixNano: ago(90 * minute), name: 'whole', agents: ['late'] },
        [parent, { ...span, model: 'gpt-5' }],
        owner,
      ),
    ])
    expect((await listRuns(store, other)).items.map((run) => run.name)).toEqual(['whole'])
    expect((await agentCallEdges(store, { ...other, ...window })).map((edge) => edge.to)).toEqual(['gpt-5'])
    await replaceSummaries(store, [
      buildAssembled({ traceId, startTimeUnixNano: ago(minute), name: 'back' }, [span, parent], owner),
    ])
    expect((await listRuns(store, other)).items.map((run) => run.name)).toEqual(['back'])
    const moved = { ...owner, retention: { metadataDays: 90, contentDays: 7 } as const }
    await replaceSummaries(store, [
      buildAssembled({ traceId, startTimeUnixNano: ago(minute), name: 'kept longer' }, [span, parent], moved),
    ])
    expect((await listRuns(store, other)).items.map((run) => run.name)).toEqual(['kept longer'])
  })

  it('tells which traces received rows after a watermark, and which came first', async () => {
    const { store } = engine()
    const dirty = await listDirtyTraces(store, { sinceReceivedAtMs: testNowMs + 5, limit: 10 })
    expect(await listDirtyTraces(store, { sinceReceivedAtMs: testNowMs + 5, limit: 1 })).toEqual(
      dirty.slice(0, 1),
    )
    expect(dirty).toEqual(
      [2, 3].map((number, index) => ({
        organisationId: testOrganisation(),
        projectId: testProject(),
        traceId: testTraceId(number),
        retention,
        receivedAtMs: testNowMs + 6 + index,
      })),
    )
    expect(await firstSpanOf(store, { projectId: testProject(), sinceMs: testNowMs + 6 })).toEqual({
      traceId: testTraceId(2),
      receivedAtMs: testNowMs + 6,
    })
    expect(await firstSpanOf(store, { projectId: testProject(9), sinceMs: 0 })).toBeUndefined()
  })

  it('says what a project holds', async () => {
    const held = await readUsage(engine().store, { projectId: testProject() })
    expect(held).toMatchObject({ spanCount: 8, runCount: 3, logCount: 0 })
    expect(held.bytes).toBeGreaterThan(0)
    expect(await readUsage(engine().store, { projectId: testProject(9) })).toEqual({
      spanCount: 0,
      runCount: 0,
      logCount: 0,
      bytes: 0,
    })
  })
})
