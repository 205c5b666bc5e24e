import type { RunSummary } from '@clew/domain'
import { expect, test } from 'vitest'
import { groupFirstErrors, measureRuns } from './measure-runs.ts'

test('what no run recorded stays absent instead of becoming zero', () => {
  const measured = measureRuns([run({ status: 'running' })])
  expect(measured).toMatchObject({ endedCount: 0, okCount: 0 })
  expect(measured).not.toHaveProperty('endedWellRate')
  expect(measured).not.toHaveProperty('tokens')
  expect(measured).not.toHaveProperty('durationMsP50')
})

test('ended well counts what ended well or badly; lost runs are neither', () => {
  const runs = [
    run({ status: 'ok' }),
    run({ status: 'unset' }),
    run({ status: 'error' }),
    run({ status: 'lost' }),
  ]
  expect(measureRuns(runs).endedWellRate).toBeCloseTo(2 / 3)
})

test('the cost of a success includes what failures cost', () => {
  const cost = { total: 0.03, currency: 'USD', source: 'computed' as const }
  const runs = [run({ status: 'ok', cost }), run({ status: 'error', cost })]
  expect(measureRuns(runs)).toMatchObject({ costPerSuccess: 0.06, currency: 'USD' })
})

test('where outcomes are recorded, they decide what a success is', () => {
  const cost = { total: 0.02, currency: 'USD', source: 'computed' as const }
  const runs = [run({ outcome: 'success', cost }), run({ outcome: 'wrong_order', cost }), run({ cost })]
  expect(measureRuns(runs)).toMatchObject({ outcomeCount: 2, successCount: 1, costPerSuccess: 0.06 })
})

test('costs in several currencies are not added up', () => {
  const runs = ['USD', 'EUR'].map((currency) => run({ cost: { total: 1, currency, source: 'computed' } }))
  expect(measureRuns(runs)).not.toHaveProperty('costPerSuccess')
})

test('errors that differ only in ids are one group, and the latest run stands for it', () => {
  const groups = groupFirstErrors({
    runs: [fails('a', 10, 'no order 48213'), fails('b', 90, 'no order 48231'), fails('c', 20, 'timeout')],
    sinceMs: 0,
    untilMs: 100,
    binCount: 2,
  })
  expect(groups.map(({ count, lastTraceId, bins }) => ({ count, lastTraceId, bins }))).toEqual([
    { count: 2, lastTraceId: 'b', bins: [1, 1] },
    { count: 1, lastTraceId: 'c', bins: [1, 0] },
  ])
})

function fails(traceId: string, atMs: number, message: string): RunSummary {
  return run({
    traceId,
    status: 'error',
    startTimeUnixNano: `${atMs}000000`,
    firstError: { spanId: 's', name: 'refund_order', message },
  })
}

function run(part: Partial<RunSummary>): RunSummary {
  return {
    traceId: 't',
    status: 'ok',
    name: 'run',
    hasError: false,
    startTimeUnixNano: '0',
    durationNs: '1000000',
    spanCount: 1,
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
    ...part,
  }
}
