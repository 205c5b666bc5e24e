import type { Cost, WireSpan } from '@clew/semconv/span'
import { expect, it } from 'vitest'
import { rollUpUsage } from './roll-up-usage.ts'
import { makeSpan } from './testing/make-span.ts'
import { buildTraceTree } from './trace-tree.ts'

function tokens(spans: WireSpan[]): [number | undefined, number | undefined] {
  const { usage } = rollUpUsage(buildTraceTree(spans))
  return [usage?.input, usage?.output]
}

function usd(total: number, source: Cost['source'] = 'computed'): Cost {
  return { total, currency: 'USD', source }
}

const call = { input: 100, output: 10 }

it('has no totals where nothing was counted', () => {
  expect(rollUpUsage(buildTraceTree([makeSpan({ id: 'a', kind: 'AGENT', start: 1 })]))).toEqual({})
})

it('takes an agent that repeats the sum of its calls once', () => {
  const spans = [
    makeSpan({ id: 'agent', kind: 'AGENT', start: 1, usage: { input: 200, output: 20 } }),
    makeSpan({ id: 'one', parent: 'agent', kind: 'LLM', start: 2, usage: { ...call, cacheRead: 5 } }),
    makeSpan({ id: 'two', parent: 'agent', kind: 'LLM', start: 3, usage: call }),
  ]
  expect(tokens(spans)).toEqual([200, 20])
  expect(rollUpUsage(buildTraceTree(spans)).usage?.cacheRead).toBe(5)
})

it('prefers the calls where an agent says less than they do', () => {
  expect(
    tokens([
      makeSpan({ id: 'agent', kind: 'AGENT', start: 1, usage: call }),
      makeSpan({ id: 'one', parent: 'agent', kind: 'LLM', start: 2, usage: call }),
      makeSpan({ id: 'two', parent: 'agent', kind: 'LLM', start: 3, usage: call }),
    ]),
  ).toEqual([200, 20])
})

it('adds what a nested agent used to what its parent used itself', () => {
  expect(
    tokens([
      makeSpan({ id: 'agent', kind: 'AGENT', start: 1, usage: call }),
      makeSpan({ id: 'own', parent: 'agent', kind: 'LLM', start: 2, usage: call }),
      makeSpan({ id: 'tool', parent: 'agent', kind: 'TOOL', start: 3 }),
      makeSpan({ id: 'sub', parent: 'tool', kind: 'AGENT', start: 4, usage: { input: 300, output: 30 } }),
      makeSpan({ id: 'theirs', parent: 'sub', kind: 'LLM', start: 5, usage: call }),
    ]),
  ).toEqual([400, 40])
})

it('takes a parent that already counts its sub-agents as it is', () => {
  expect(
    tokens([
      makeSpan({ id: 'agent', kind: 'AGENT', start: 1, usage: { input: 500, output: 50 } }),
      makeSpan({ id: 'own', parent: 'agent', kind: 'LLM', start: 2, usage: call }),
      makeSpan({ id: 'sub', parent: 'agent', kind: 'AGENT', start: 4, usage: { input: 300, output: 30 } }),
    ]),
  ).toEqual([500, 50])
})

it('knows that VoltAgent agents count themselves alone, however large their number', () => {
  expect(
    tokens([
      makeSpan({
        id: 'agent',
        kind: 'AGENT',
        start: 1,
        usage: { input: 500, output: 50 },
        dialect: 'voltagent',
      }),
      makeSpan({ id: 'sub', parent: 'agent', kind: 'AGENT', start: 4, usage: { input: 300, output: 30 } }),
    ]),
  ).toEqual([800, 80])
})

it('counts a model call that nests another as one, and what hangs below its tools on top', () => {
  expect(
    tokens([
      makeSpan({ id: 'call', kind: 'LLM', start: 1, usage: call }),
      makeSpan({ id: 'same', parent: 'call', kind: 'LLM', start: 2, usage: call }),
      makeSpan({ id: 'tool', parent: 'call', kind: 'TOOL', start: 3 }),
      makeSpan({ id: 'sub', parent: 'tool', kind: 'AGENT', start: 4 }),
      makeSpan({ id: 'theirs', parent: 'sub', kind: 'LLM', start: 5, usage: call }),
    ]),
  ).toEqual([200, 20])
})

it('sums over roots', () => {
  expect(
    tokens([
      makeSpan({ id: 'a', kind: 'LLM', start: 1, usage: call }),
      makeSpan({ id: 'b', parent: 'missing', kind: 'LLM', start: 2, usage: call }),
    ]),
  ).toEqual([200, 20])
})

it('counts cost once too, and lets what the app reported beat what was computed', () => {
  const agent = makeSpan({ id: 'agent', kind: 'AGENT', start: 1, cost: usd(0.5) })
  const calls = [
    makeSpan({ id: 'one', parent: 'agent', kind: 'LLM', start: 2, cost: usd(0.3) }),
    makeSpan({ id: 'two', parent: 'agent', kind: 'LLM', start: 3, cost: usd(0.2) }),
  ]
  expect(rollUpUsage(buildTraceTree([agent, ...calls])).cost?.total).toBeCloseTo(0.5)
  const reported = { ...agent, cost: usd(0.4, 'reported') }
  expect(rollUpUsage(buildTraceTree([reported, ...calls])).cost).toEqual(usd(0.4, 'reported'))
})

it('counts no cost where a model has no price', () => {
  const span = makeSpan({ id: 'a', kind: 'LLM', start: 1, cost: { currency: 'USD', source: 'unpriced' } })
  expect(rollUpUsage(buildTraceTree([span])).cost).toBeUndefined()
})
