import { expect, test } from 'vitest'
import { reduceRun } from './reduce-run.ts'
import type { RunEvent } from './run-event.ts'
import type { Run } from './run.ts'
import { makeSpan } from './testing/make-span.ts'
import { buildTraceTree } from './trace-tree.ts'
import { toReplayEvents } from './to-replay-events.ts'

const trace: Run['trace'] = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  name: 'agent',
  status: 'ok',
  hasError: false,
  startTimeUnixNano: '0',
  endTimeUnixNano: '100000000',
  durationNs: '100000000',
  spanCount: 3,
  errorCount: 0,
  llmCount: 1,
  toolCount: 1,
  agents: [],
  models: [],
  tools: [],
  sessionIds: [],
  userIds: [],
  tags: [],
  unpricedModels: [],
}

const run: Run = {
  trace,
  spans: [
    makeSpan({ id: 'agent', kind: 'AGENT', start: 0, end: 100, output: 'done' }),
    makeSpan({ id: 'ask', kind: 'LLM', parent: 'agent', start: 1, end: 10, usage: { input: 3 } }),
    makeSpan({ id: 'look', kind: 'TOOL', parent: 'agent', start: 10, end: 20 }),
  ],
  logs: [],
}

test('a finished run, replayed as events, reduces to the same run', () => {
  const state = reduceRun(undefined, toReplayEvents(run))
  expect(state?.trace).toEqual(run.trace)
  expect(state?.spans).toEqual(run.spans)
  expect(state?.endReason).toBe('completed')
})

test('cut anywhere and resumed with an overlap, the state is the same', () => {
  const events = toReplayEvents(run)
  const whole = reduceRun(undefined, events)
  for (let cut = 1; cut < events.length; cut += 1) {
    const before = reduceRun(undefined, events.slice(0, cut))
    expect(reduceRun(before, events.slice(Math.max(1, cut - 3)))).toEqual(whole)
  }
})

test('a replayed start shows nothing that only the end could tell', () => {
  const state = reduceRun(undefined, toReplayEvents(run).slice(0, 3))
  expect(state?.spans.map((span) => [span.spanId, span.state, span.usage, span.output])).toEqual([
    ['agent', 'running', undefined, undefined],
    ['ask', 'running', undefined, undefined],
  ])
})

test('a replayed question to a person does not give away the answer, nor a check its result', () => {
  const asked = {
    ...makeSpan({ id: 'ask', kind: 'APPROVAL', start: 1, end: 10 }),
    approval: { decision: 'edited', by: 'Marta Lind', waitMs: 9 },
    policy: { name: 'refunds', result: 'deny' },
  }
  const state = reduceRun(undefined, toReplayEvents({ ...run, spans: [asked] }).slice(0, 2))
  expect(state?.spans.map(({ approval, policy }) => ({ approval, policy }))).toEqual([
    { approval: undefined, policy: { name: 'refunds' } },
  ])
})

test('an ended span never runs again, and a late parent is put before its children', () => {
  const child = makeSpan({ id: 'ask', kind: 'LLM', parent: 'agent', start: 5, end: 10 })
  const parent = makeSpan({ id: 'agent', kind: 'AGENT', start: 0, end: 20 })
  const at = { atUnixNano: '0' }
  const events: RunEvent[] = [
    { seq: 0, ...at, type: 'snapshot', trace, spans: [child], logs: [] },
    { seq: 1, ...at, type: 'span-start', span: makeSpan({ id: 'ask', kind: 'LLM', start: 5 }) },
    { seq: 2, ...at, type: 'span-end', span: parent },
  ]
  expect(reduceRun(undefined, events)?.spans).toEqual([parent, child])
})

test('streamed text gathers in order, ignores repeats, and gives way to the ended span', () => {
  const at = { atUnixNano: '0' }
  const running = makeSpan({ id: 'ask', kind: 'LLM', start: 5 })
  const delta = (seq: number, deltaSeq: number, text: string): RunEvent => ({
    seq,
    ...at,
    type: 'delta',
    spanId: 'ask',
    deltaSeq,
    channel: 'text',
    text,
  })
  const open = reduceRun(undefined, [
    { seq: 0, ...at, type: 'snapshot', trace, spans: [running], logs: [] },
    delta(1, 0, 'Hel'),
    delta(2, 1, 'lo'),
    delta(3, 1, 'lo'),
  ])
  expect(open?.streamed.get('ask')?.text).toBe('Hello')
  const closed = reduceRun(open, [
    { seq: 4, ...at, type: 'span-end', span: makeSpan({ id: 'ask', kind: 'LLM', start: 5, end: 6 }) },
  ])
  expect(closed?.streamed.size).toBe(0)
})

test('however its spans arrive, and in whatever batches, a run is ordered as it is when it is read', () => {
  const random = createRandom(7)
  for (let round = 0; round < 200; round += 1) {
    const ids = Array.from({ length: 14 }, (_, index) => `s${index}`)
    const spans = ids.map((id, index) => {
      // Few distinct starts, parents that start later than their children, and circles.
      const parent = random(5) === 0 ? undefined : `s${random(round % 4 === 0 ? 14 : Math.max(1, index))}`
      return makeSpan({ id, kind: 'TOOL', start: random(4), ...(parent !== undefined && { parent }) })
    })
    const arriving = spans.map((span) => ({ span, at: random(1000) })).toSorted((a, b) => a.at - b.at)
    let state = reduceRun(undefined, [
      { seq: 0, atUnixNano: '0', type: 'snapshot', trace, spans: [], logs: [] },
    ])
    for (let seq = 1; seq <= arriving.length;) {
      const size = 1 + random(4)
      const batch = arriving.slice(seq - 1, seq - 1 + size)
      const events = batch.map(({ span }, index): RunEvent => {
        return { seq: seq + index, atUnixNano: '0', type: 'span-start', span }
      })
      state = reduceRun(state, events)
      seq += batch.length
    }
    expect(state?.spans).toEqual(buildTraceTree(spans).nodes.map(({ span }) => span))
  }
})

/** Numbers below a limit, the same ones each time. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}
