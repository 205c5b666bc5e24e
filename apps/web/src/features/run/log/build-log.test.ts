import { expect, it } from 'vitest'
import { buildRunModel } from '@clew/domain/story'
import { makeRun } from '@clew/domain/testing'
import { buildLog } from './build-log.ts'

it('puts span events and log records in one order of time, with their span', () => {
  const run = makeRun([{ id: 'a', kind: 'TOOL', at: 0, for: 100 }])
  const at = (offset: number) =>
    (BigInt(run.trace.startTimeUnixNano) + BigInt(offset) * 1_000_000n).toString()
  run.spans[0]?.events.push({
    name: 'exception',
    timeUnixNano: at(60),
    attributes: { 'exception.type': 'Timeout', 'exception.message': 'after 2 s' },
  })
  run.logs.push(
    {
      timeUnixNano: at(80),
      severity: 'WARN',
      body: 'slow',
      spanId: 'a',
      attributes: {},
      resource: {},
      scope: 'app',
    },
    {
      timeUnixNano: at(20),
      eventName: 'clew.task.log',
      task: { kind: 'build', line: 'npm ci' },
      attributes: {},
      resource: {},
      scope: 'app',
    },
  )
  expect(
    buildLog(run, buildRunModel(run)).map((line) => [
      line.atMs,
      line.source,
      line.name,
      line.text,
      line.tone,
    ]),
  ).toEqual([
    [20, 'app', 'build', 'npm ci', 'plain'],
    [60, 'a', 'exception', 'Timeout: after 2 s', 'fail'],
    [80, 'a', 'warn', 'slow', 'warn'],
  ])
})
