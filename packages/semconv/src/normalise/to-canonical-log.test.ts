import { expect, it } from 'vitest'
import type { DecodedLog } from '../span/decoded.ts'
import { toCanonicalLog } from './to-canonical-log.ts'

function log(given: Partial<DecodedLog>): DecodedLog {
  return {
    timeUnixNano: '5',
    body: null,
    attributes: {},
    scope: { name: 'test', attributes: {} },
    resource: {},
    ...given,
  }
}

it("finds the event's name in its field and among the attributes", () => {
  expect(toCanonicalLog(log({ eventName: 'a' })).eventName).toBe('a')
  expect(toCanonicalLog(log({ attributes: { 'event.name': 'b' } })).eventName).toBe('b')
})

it('takes the time of observation where the record has none', () => {
  expect(toCanonicalLog(log({ timeUnixNano: '0', observedTimeUnixNano: '7' })).timeUnixNano).toBe('7')
})

it("reads a task's log line", () => {
  const record = log({
    eventName: 'clew.task.log',
    body: 'built',
    attributes: { 'clew.task.log.kind': 'build' },
  })
  expect(toCanonicalLog(record).task).toEqual({ kind: 'build', line: 'built' })
})

it('names the severity from its number', () => {
  expect(toCanonicalLog(log({ severityNumber: 17 })).severity).toBe('ERROR')
  expect(toCanonicalLog(log({ severityNumber: 9, severityText: 'Info' })).severity).toBe('Info')
  expect(toCanonicalLog(log({ severityNumber: 0 })).severity).toBeUndefined()
})

it('leaves out what has no value', () => {
  const { body, attributes } = toCanonicalLog(log({ attributes: { a: null, b: 1n } }))
  expect(body).toBeUndefined()
  expect({ ...attributes }).toEqual({ b: 1n })
})
