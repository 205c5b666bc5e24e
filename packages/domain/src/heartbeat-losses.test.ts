import type { WireSpan } from '@clew/semconv/span'
import { describe, expect, it } from 'vitest'
import { assembleTrace } from './assemble-trace.ts'
import { nextHeartbeatLossMs } from './heartbeat-losses.ts'
import { makeSpan } from './testing/make-span.ts'

const attributes = { 'clew.span.heartbeat_ms': 30_000 }
const heardAt = (epochMs: number) => ({ observedTimeUnixNano: `${epochMs}000000` })

function statesAt(spans: WireSpan[], now: number) {
  const { trace, spans: settled } = assembleTrace({ spans, now })
  return [trace.status, ...settled.map((span) => span.state)]
}

function step(serviceName: string): WireSpan {
  return makeSpan({ id: 'step', parent: 'root', kind: 'TOOL', start: 2, end: 80_000, serviceName })
}

/** When a span that was heard of at 0 is lost, by what it says of its heartbeats. */
function lossOf(heartbeatMs: number | string): number | undefined {
  const said = { 'clew.span.heartbeat_ms': heartbeatMs }
  return nextHeartbeatLossMs([makeSpan({ id: 'a', kind: 'LLM', start: 1, attributes: said, ...heardAt(0) })])
}

describe('a running span whose sender promised heartbeats', () => {
  it('is lost after three of them were missed, and runs again once it is heard of', () => {
    const root = makeSpan({ id: 'root', kind: 'AGENT', start: 1, attributes, ...heardAt(10_000) })
    expect(nextHeartbeatLossMs([root])).toBe(100_000)
    expect(statesAt([root], 99_999)).toEqual(['running', 'running'])
    expect(statesAt([root], 100_000)).toEqual(['lost', 'lost'])
    expect(statesAt([{ ...root, ...heardAt(101_000) }], 120_000)).toEqual(['running', 'running'])
  })

  it('lives on by what its service finishes, and by nothing that another service does', () => {
    const root = makeSpan({
      id: 'root',
      kind: 'AGENT',
      start: 1,
      attributes,
      ...heardAt(1),
      serviceName: 'a',
    })
    expect(statesAt([root, step('a')], 100_000)).toEqual(['running', 'running', 'ended'])
    expect(statesAt([root, step('b')], 100_000)).toEqual(['lost', 'lost', 'ended'])
  })

  it('counts the interval that it names, within what a sender can keep', () => {
    expect([lossOf(2000), lossOf('2000'), lossOf(1), lossOf(0), lossOf('soon')]).toEqual([
      6000,
      6000,
      300,
      undefined,
      undefined,
    ])
  })
})

it('senders that promise no heartbeats keep their hour', () => {
  const marker = makeSpan({ id: 'root', kind: 'AGENT', start: 1, ...heardAt(1) })
  expect(nextHeartbeatLossMs([marker])).toBeUndefined()
  expect(statesAt([marker], 3_599_000)).toEqual(['running', 'running'])
  expect(statesAt([marker], 3_700_000)).toEqual(['lost', 'lost'])
})
