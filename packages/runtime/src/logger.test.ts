import { expect, test } from 'vitest'
import { createLogger, type LoggerOptions } from './logger.ts'

function record(options: Partial<LoggerOptions>) {
  const lines: string[] = []
  const logger = createLogger({
    level: 'info',
    format: 'json',
    clock: () => 0,
    write: (line) => void lines.push(line),
    ...options,
  })
  return { logger, lines }
}

test('an entry is one line of JSON with time, level and fields', () => {
  const { logger, lines } = record({})
  logger.child({ part: 'ingest' }).warn('queue is full', { queued: 12 })
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { time: '1970-01-01T00:00:00.000Z', level: 'warn', message: 'queue is full', part: 'ingest', queued: 12 },
  ])
})

test('a field cannot rewrite level or message, nor a text break the line', () => {
  const { logger, lines } = record({})
  logger.info('real', { level: 'error', message: 'forged', note: 'a\nb' })
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', message: 'real', note: 'a\nb' })
  expect(lines[0]?.trimEnd()).not.toContain('\n')
})

test('long texts are cut, so that no payload passes', () => {
  const { logger, lines } = record({})
  logger.error('failed', { error: new Error('x'.repeat(10_000)) })
  expect((lines[0] ?? '').length).toBeLessThan(1500)
})

test('entries under the level are not written', () => {
  const { logger, lines } = record({ level: 'warn', format: 'human' })
  logger.info('quiet')
  logger.error('loud', { port: 4000, reason: 'two words' })
  expect(lines.join('')).toMatch(/^\d\d:\d\d:\d\d error: loud port=4000 reason="two words"\n$/)
})
