import type { RunSummary } from '@clew/domain'
import { expect, test } from 'vitest'
import { mergeRunning, replaceRuns } from './merge-runs.ts'

test('a run that began comes on top at once, and one that ended leaves', () => {
  const old = { items: [run('b', 'running', 20), run('a', 'running', 10)] }
  const merged = mergeRunning({
    old,
    byId: toMap(run('c', 'running', 30), run('a', 'ok', 10), run('d', 'ok', 40)),
  })
  expect(idsOf(merged)).toEqual(['c', 'b'])
})

test('newer summaries take the place of older ones without moving a row, on every page', () => {
  const old = {
    pages: [{ items: [run('c', 'ok', 30), run('b', 'running', 20)] }, { items: [run('a', 'ok', 10)] }],
  }
  const replaced = replaceRuns({ old, byId: toMap(run('b', 'error', 20), run('z', 'ok', 99)) })
  expect(replaced).toEqual({
    pages: [{ items: [run('c', 'ok', 30), run('b', 'error', 20)] }, { items: [run('a', 'ok', 10)] }],
  })
})

test('what is not a list of runs stays as it is', () => {
  for (const old of [undefined, null, 3, { count: 2 }]) {
    expect(replaceRuns({ old, byId: toMap() })).toBe(old)
    expect(mergeRunning({ old, byId: toMap() })).toBe(old)
  }
})

function idsOf(page: unknown): string[] {
  return typeof page === 'object' && page !== null && 'items' in page && Array.isArray(page.items)
    ? page.items.map((item: RunSummary) => item.traceId)
    : []
}

function toMap(...runs: RunSummary[]): Map<string, RunSummary> {
  return new Map(runs.map((one) => [one.traceId, one]))
}

function run(traceId: string, status: RunSummary['status'], startMs: number): RunSummary {
  return {
    traceId,
    status,
    name: traceId,
    hasError: false,
    startTimeUnixNano: `${startMs}000000`,
    durationNs: '0',
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
  }
}
