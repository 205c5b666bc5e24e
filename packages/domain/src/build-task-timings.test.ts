import { expect, test } from 'vitest'
import { buildTaskTimings } from './build-task-timings.ts'
import { deriveTasks } from './derive-tasks.ts'
import { makeSpan } from './testing/make-span.ts'

function event(name: string, ms: number, attributes: { [key: string]: string }) {
  return { name, timeUnixNano: `${ms * 1_000_000}`, attributes }
}

test('a reported task tells its own transitions and phases', () => {
  const span = makeSpan({
    id: 'import',
    kind: 'TASK',
    start: 0,
    end: 100,
    task: { id: 'task_1', type: 'import' },
    events: [
      event('clew.task.status', 0, { 'clew.task.status': 'queued' }),
      event('clew.task.status', 10, { 'clew.task.status': 'running' }),
      event('clew.task.phase', 10, { 'clew.task.phase': 'load', 'clew.task.phase.state': 'start' }),
      event('clew.task.phase', 40, { 'clew.task.phase': 'load', 'clew.task.phase.state': 'end' }),
      event('clew.task.phase', 40, { 'clew.task.phase': 'write', 'clew.task.phase.state': 'start' }),
    ],
  })
  const [task] = deriveTasks({ spans: [span] })
  expect(task).toMatchObject({ id: 'task_1', type: 'import', status: 'completed', derived: false })
  const timings = task && buildTaskTimings({ task, spans: [span], nowMs: 1000 })
  expect(timings?.groups.map((group) => [group.label, group.durationMs])).toEqual([
    ['load', 30],
    ['write', 60],
  ])
  expect(timings?.events.map((each) => [each.status, each.durationMs, each.nextStatus])).toEqual([
    ['queued', 10, 'running'],
    ['running', 90, 'completed'],
    ['completed', undefined, undefined],
  ])
})

test('without a reported task each root run is one, its children the phases, open ones closed by now', () => {
  const spans = [
    makeSpan({ id: 'root', kind: 'AGENT', start: 0 }),
    makeSpan({ id: 'a1', name: 'chat', kind: 'LLM', parent: 'root', start: 0, end: 10 }),
    makeSpan({ id: 'a2', name: 'chat', kind: 'LLM', parent: 'root', start: 10, end: 30 }),
    makeSpan({ id: 'b', name: 'search', kind: 'TOOL', parent: 'root', start: 30 }),
  ]
  const [task] = deriveTasks({ spans })
  expect(task).toMatchObject({ id: 'root', status: 'running', derived: true })
  const timings = task && buildTaskTimings({ task, spans, nowMs: 50 })
  expect(timings?.groups.map((group) => [group.label, group.durationMs, group.endAt !== undefined])).toEqual([
    ['chat', 30, true],
    ['search', 20, false],
  ])
  expect(timings?.totalDurationMs).toBe(50)
})

test('a failed root is a failed task', () => {
  const [task] = deriveTasks({
    spans: [makeSpan({ id: 'root', kind: 'AGENT', start: 0, end: 5, status: 'error', errorMessage: 'no' })],
  })
  expect(task).toMatchObject({ status: 'failed', error: 'no' })
})
