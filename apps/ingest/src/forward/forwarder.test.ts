import { createLogger } from '@clew/runtime'
import { toCanonical } from '@clew/semconv/normalise'
import type { RowOwner } from '@clew/store'
import { expect, test } from 'vitest'
import { createIngestMetrics } from '../ingest-metrics.ts'
import { Forwarder } from './forwarder.ts'
import type { SendOutcome } from './send-otlp.ts'

const nothing = (): void => {}
const logger = createLogger({ level: 'silent', format: 'json', write: nothing })
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- forwarding doesn't look at the owner
const owner = {} as RowOwner

function batchOf(count: number) {
  const span = toCanonical({
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    spanId: '00f067aa0ba902b7',
    name: 'x',
    otlpKind: 1,
    startTimeUnixNano: '1',
    endTimeUnixNano: '2',
    statusCode: 0,
    attributes: {},
    events: [],
    links: [],
    scope: { name: 't', attributes: {} },
    resource: {},
  })
  const spans = Array.from({ length: count }, () => ({ owner, span }))
  return { token: 't', spans, logs: [], runEvents: [], scores: [] }
}

test('what finds no room is dropped and counted, and never waited for', async () => {
  let dropped = 0
  let answer: (outcome: SendOutcome) => void = nothing
  const metrics = {
    ...createIngestMetrics(),
    forwardDropped: { add: (records = 0, labels = {}) => void (dropped += 'reason' in labels ? records : 0) },
  }
  const forwarder = new Forwarder({
    send: () => new Promise((resolve) => (answer = resolve)),
    instanceId: 'here',
    metrics,
    logger,
    recordsMax: 5,
  })
  forwarder.take(batchOf(3))
  forwarder.take(batchOf(2))
  expect(dropped).toBe(0)
  forwarder.take(batchOf(1))
  expect(dropped).toBe(1)
  await new Promise((resolve) => setImmediate(resolve))
  answer({ kind: 'sent', rejected: 0 })
  await new Promise((resolve) => setImmediate(resolve))
  forwarder.take(batchOf(3))
  expect(dropped).toBe(1)
  await forwarder.stop(0)
})

test('a collector that never takes a batch is given up on, and the next is sent', async () => {
  const outcomes: SendOutcome[] = [
    { kind: 'retry', reason: 'HTTP 503' },
    { kind: 'retry', reason: 'HTTP 503' },
    { kind: 'sent', rejected: 0 },
  ]
  const counted: [number, string][] = []
  let finish: () => void = nothing
  const done = new Promise<void>((resolve) => (finish = resolve))
  const forwarder = new Forwarder({
    send: async () => outcomes.shift() ?? { kind: 'refused', reason: 'too many' },
    instanceId: 'here',
    metrics: {
      ...createIngestMetrics(),
      forwardDropped: { add: (records = 0) => void (records > 0 && counted.push([records, 'dropped'])) },
      forwarded: {
        add: (records = 0) => {
          counted.push([records, 'forwarded'])
          finish()
        },
      },
    },
    logger,
    attemptsMax: 2,
    retryAfterMs: { first: 1, most: 1 },
  })
  forwarder.take(batchOf(2))
  forwarder.take(batchOf(3))
  await done
  expect(counted).toEqual([
    [2, 'dropped'],
    [3, 'forwarded'],
  ])
})
