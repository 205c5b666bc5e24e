import { reduceRun, type LiveRun, type Run, type RunEvent } from '@clew/domain'
import type { CanonicalLog, JsonValue, WireSpan } from '@clew/semconv/span'
import { expect, test } from 'vitest'
import { RunImage, type EventMaker, type RunState } from './run-image.ts'

function makeSpan(id: number, rest: Partial<WireSpan> = {}): WireSpan {
  return {
    traceId: 'a'.repeat(32),
    spanId: String(id).padStart(16, '0'),
    name: `span ${id}`,
    kind: 'CHAIN',
    scope: 'test',
    dialect: 'otel',
    state: 'ended',
    status: 'unset',
    startTimeUnixNano: `${id}000`,
    endTimeUnixNano: `${id}900`,
    attributes: {},
    resource: {},
    events: [],
    links: [],
    ...rest,
  }
}

function makeLog(line: string): CanonicalLog<JsonValue> {
  return { timeUnixNano: '5000', body: line, attributes: {}, resource: {}, scope: 'test' }
}

function makeState(run: Partial<Run>): RunState {
  const spans = run.spans ?? []
  const trace = {
    traceId: 'a'.repeat(32),
    name: 'run',
    status: 'running' as const,
    hasError: false,
    startTimeUnixNano: '1000',
    durationNs: '1',
    spanCount: spans.length,
    errorCount: 0,
    llmCount: 0,
    toolCount: 0,
    agents: [],
    models: [],
    tools: [],
    sessionIds: [],
    userIds: [],
    tags: [],
    unpricedModels: [],
  }
  return { run: { trace, spans, logs: [], ...run }, kept: [], readAt: 10, readMs: 1 }
}

function follow() {
  let state: LiveRun | undefined
  let seq = 0
  const types: string[] = []
  return {
    types,
    take: (makers: EventMaker[]) => {
      const events: RunEvent[] = makers.map((make) => make((seq += 1)))
      types.push(...events.map((event) => event.type))
      state = reduceRun(state, events)
    },
    state: () => state,
  }
}

const running = makeSpan(2, { state: 'running' })

test('whoever takes the snapshot and every change has the run as it stands', () => {
  const image = new RunImage()
  const watcher = follow()
  watcher.take(image.toSnapshot(makeState({ spans: [makeSpan(1)] })))
  watcher.take(image.toChanges(makeState({ spans: [makeSpan(1), running] })))
  watcher.take(image.toChanges(makeState({ spans: [makeSpan(1), { ...running, output: 'so far' }] })))
  const last = makeState({ spans: [makeSpan(1), makeSpan(2)], logs: [makeLog('x')] })
  watcher.take(image.toChanges(last))
  expect(watcher.state()).toMatchObject(last.run)
  const spanEvents = watcher.types.filter((type) => type.startsWith('span'))
  expect(spanEvents).toEqual(['span-start', 'span-snapshot', 'span-end'])
})

test('what has not changed is not told again', () => {
  const image = new RunImage()
  const state = makeState({ spans: [makeSpan(1), running], logs: [makeLog('x')] })
  image.toSnapshot(state)
  expect(image.toChanges(structuredClone(state))).toEqual([])
})

test('two equal log records are two records', () => {
  const image = new RunImage()
  image.toSnapshot(makeState({ logs: [makeLog('again')] }))
  const makers = image.toChanges(makeState({ logs: [makeLog('again'), makeLog('again')] }))
  expect(makers.map((make) => make(1).type)).toEqual(['log'])
})

test('what is streamed is told while its span runs, and no more once it has ended', () => {
  const delta = (spanId: string, deltaSeq: number) => ({
    traceId: running.traceId,
    id: `${spanId}-${deltaSeq}`,
    event: {
      type: 'delta' as const,
      seq: 0,
      atUnixNano: '2500',
      spanId,
      deltaSeq,
      channel: 'text' as const,
      text: 'so',
    },
  })
  const image = new RunImage()
  const watcher = follow()
  const state = makeState({ spans: [makeSpan(1), running] })
  watcher.take(image.toSnapshot({ ...state, kept: [delta(makeSpan(1).spanId, 0), delta(running.spanId, 0)] }))
  expect(watcher.types).toEqual(['snapshot', 'delta'])
  expect([...(watcher.state()?.streamed.keys() ?? [])]).toEqual([running.spanId])
  const ended = makeState({ spans: [makeSpan(1), makeSpan(2)] })
  watcher.take(image.toChanges({ ...ended, kept: [delta(running.spanId, 0), delta(running.spanId, 1)] }))
  expect(watcher.types.slice(2)).toEqual(['span-end'])
  expect(watcher.state()?.streamed.size).toBe(0)
})
