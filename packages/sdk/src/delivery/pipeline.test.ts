import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import type { Span } from '@opentelemetry/sdk-trace-base'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { createBatchEncoder } from './batch-encoder.ts'
import { DeliveryQueue } from './delivery-queue.ts'
import { Pipeline } from './pipeline.ts'
import type { PreparedSpan } from './pipeline.ts'
import { createSpanPreparer } from './prepare-span.ts'
import { createReporter } from './reporter.ts'

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_800_000_000_000 }),
)
afterEach(() => void vi.useRealTimers())

test('the start of a span is told 80 to 130 ms after it, however many start in the meantime', async () => {
  const { pipeline, heard, requestTimes } = open(80)
  const startedAt = new Map<string, number>()
  for (let number = 0; number < 200; number += 1) {
    const name = `span ${number}`
    startedAt.set(name, Date.now())
    pipeline.spanStarted({ span: makeSpan(name) })
    // Alone, close together and in bursts.
    await vi.advanceTimersByTimeAsync([0, 1, 7, 30, 90, 400, 3][number % 7] ?? 0)
  }
  await vi.advanceTimersByTimeAsync(200)
  const waits = [...startedAt].map(([name, at]) => (heard.get(name)?.atMs ?? Infinity) - at)
  expect(waits).toHaveLength(200)
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(80)
  expect(Math.max(...waits)).toBeLessThanOrEqual(130)
  const pauses = requestTimes.slice(1).map((at, index) => at - (requestTimes[index] ?? 0))
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(50)
})

test('a span that ends before it is that old is told once, as ended', async () => {
  const { pipeline, heard } = open(80)
  const span = makeSpan('short')
  pipeline.spanStarted({ span })
  await vi.advanceTimersByTimeAsync(79)
  span.end()
  pipeline.spanEnded({ span })
  await vi.advanceTimersByTimeAsync(1000)
  expect(heard.get('short')?.states).toEqual(['ended'])
})

test('with no time to wait each start is told at once, those of one moment together', async () => {
  const { pipeline, heard, requestTimes } = open(0)
  pipeline.spanStarted({ span: makeSpan('outer') })
  pipeline.spanStarted({ span: makeSpan('inner') })
  await vi.advanceTimersByTimeAsync(1)
  expect([...heard.keys()]).toEqual(['outer', 'inner'])
  expect(requestTimes).toHaveLength(1)
  pipeline.spanStarted({ span: makeSpan('next') })
  await vi.advanceTimersByTimeAsync(1)
  expect(heard.get('next')?.states).toEqual(['running'])
})

/** A span that runs, as a real provider hands it to its processors. */
function makeSpan(name: string): Span {
  let started: Span | undefined
  const provider = new BasicTracerProvider({
    spanProcessors: [
      {
        onStart: (span) => void (started = span),
        onEnd: () => undefined,
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
    ],
  })
  provider.getTracer('test').startSpan(name)
  if (started === undefined) throw new Error('no span was started')
  return started
}

/** A pipeline whose receiver answers at once; notes when each span was first heard of, and as what. */
function open(markerMs: number) {
  const heard = new Map<string, { atMs: number; states: string[] }>()
  const requestTimes: number[] = []
  const reporter = createReporter({ debug: false })
  const stats = { queued: 0, sent: 0, dropped: 0, failed: 0, faults: 0 }
  const preparer = createSpanPreparer({
    privacy: {},
    fieldLength: 1000,
    spanBytes: 100_000,
    resourceOf: (resource) => resource,
  })
  const common = { endpoint: 'http://receiver', stats, reporter, maxItems: 512, maxBytes: 1_000_000 }
  const queueOf = <Value>(onItem: (value: Value) => void) =>
    new DeliveryQueue<Value>({
      ...common,
      encoder: createBatchEncoder<Value>({
        path: '/v1/traces',
        headers: {},
        contentType: 'application/json',
        compression: 'none',
        serialise: () => undefined,
      }),
      sender: {
        send: (values) => {
          requestTimes.push(Date.now())
          for (const value of values) onItem(value)
          return Promise.resolve({ status: 200, body: '' })
        },
        close: () => undefined,
      },
    })
  const pipeline = new Pipeline({
    spans: queueOf<PreparedSpan>(({ record, phase }) => {
      const { name } = record.span
      const known = heard.get(name)
      if (known === undefined) heard.set(name, { atMs: Date.now(), states: [phase.state] })
      else known.states.push(phase.state)
    }),
    logs: queueOf(() => undefined),
    preparer,
    endpoint: common.endpoint,
    stats,
    reporter,
    intervalMs: 250,
    isSimple: false,
    live: { markerMs, snapshotMs: 2000, heartbeatMs: 30_000 },
    isOptedOut: () => false,
  })
  return { pipeline, heard, requestTimes }
}
