import { assembleTrace } from '@clew/domain'
import { toWireSpan } from '@clew/semconv/span'
import type { CanonicalSpan, WireSpan } from '@clew/semconv/span'
import { expect, it } from 'vitest'
import { buildSpan, testSpanId } from '../testing/build-span.ts'
import { countUsage } from './count-usage.ts'

let seed = 7
function random(below: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed % below
}

/** A tree of any shape, in which some spans report tokens of their own and some what lies below. */
function anyTrace(size: number): WireSpan[] {
  const kinds = ['AGENT', 'LLM', 'TOOL', 'CHAIN', 'EMBEDDING'] as const
  return Array.from({ length: size }, (_, index) => {
    const input = random(100)
    const span: CanonicalSpan = buildSpan({
      spanId: testSpanId(index + 1),
      kind: kinds[random(kinds.length)] ?? 'LLM',
      dialect: random(5) === 0 ? 'voltagent' : 'clew',
      ...(index > 0 && { parentSpanId: testSpanId(1 + random(index)) }),
      ...(random(3) > 0 && { usage: { input, output: 10 * input, total: 11 * input } }),
    })
    return toWireSpan(span)
  })
}

it('adds up to the totals of the run, whatever the tree', () => {
  for (let size = 1; size < 60; size += 1) {
    const { trace, spans } = assembleTrace({ spans: anyTrace(size) })
    const counted = [...countUsage(spans).values()]
    const sum = counted.reduce((input, own) => input + own.input, 0)
    expect(sum).toBe(trace.usage?.input ?? 0)
  }
})

it('ends on a cycle of parents', () => {
  const spans = [
    buildSpan({ spanId: testSpanId(1), parentSpanId: testSpanId(2) }),
    buildSpan({ spanId: testSpanId(2), parentSpanId: testSpanId(1) }),
  ].map(toWireSpan)
  expect(countUsage(spans).size).toBe(2)
})
