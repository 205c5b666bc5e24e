import type { RunSummary } from '@clew/domain'
import { expect, test } from 'vitest'
import { buildTableRows } from './table-rows.ts'

test('a run stands once, in the first section that claims it', () => {
  const running = [run('a', 'running')]
  const failed = [run('b', 'error')]
  const rows = buildTableRows({
    running,
    failed,
    failedCount: 9,
    all: [run('c', 'ok'), ...running, ...failed],
    count: 40,
    isGrouped: true,
  })
  expect(rows.map((row) => row.key)).toEqual(['group-running', 'a', 'group-failed', 'b', 'group-rest', 'c'])
  expect(rows.flatMap((row) => (row.type === 'group' ? [row.count] : []))).toEqual([1, 9, 38])
})

test('many running runs leave room for the rest', () => {
  const running = Array.from({ length: 20 }, (_, index) => run(`r${index}`, 'running'))
  const rows = buildTableRows({
    running,
    failed: [],
    failedCount: 0,
    all: running,
    count: 20,
    isGrouped: true,
  })
  expect(rows[0]).toMatchObject({ group: 'running', count: 20, shown: 8 })
  expect(rows.filter((row) => row.type === 'run')).toHaveLength(20)
})

test('without anything to surface there are no headings', () => {
  const rows = buildTableRows({
    running: [],
    failed: [],
    failedCount: 0,
    all: [run('c', 'ok')],
    count: 1,
    isGrouped: true,
  })
  expect(rows.map((row) => row.type)).toEqual(['run'])
})

function run(traceId: string, status: RunSummary['status']): RunSummary {
  return {
    traceId,
    status,
    name: traceId,
    hasError: status === 'error',
    startTimeUnixNano: '0',
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
