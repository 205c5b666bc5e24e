import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { createDeferred } from './deferred.ts'
import { createLifecycle } from './lifecycle.ts'
import { createLogger } from './logger.ts'

const logger = createLogger({ level: 'silent', format: 'json' })

function fakeProcess() {
  const exited = createDeferred<number>()
  const source = Object.assign(new EventEmitter(), { exit: (code: number) => exited.resolve(code) })
  return { source, exited: exited.promise }
}

test('what was opened last is stopped first, once', async () => {
  const order: string[] = []
  const lifecycle = createLifecycle({ logger, deadlineMs: 1000 })
  lifecycle.add('store', () => order.push('store'))
  lifecycle.add('server', () => order.push('server'))
  expect(await Promise.all([lifecycle.stop('test'), lifecycle.stop('again')])).toEqual([0, 0])
  expect(order).toEqual(['server', 'store'])
})

test('a step that fails does not keep the others from stopping', async () => {
  const order: string[] = []
  const lifecycle = createLifecycle({ logger, deadlineMs: 1000 })
  lifecycle.add('store', () => order.push('store'))
  lifecycle.add('broken', () => Promise.reject(new Error('no')))
  expect(await lifecycle.stop('test')).toBe(1)
  expect(order).toEqual(['store'])
})

test('a step that hangs gives up at the deadline', async () => {
  const lifecycle = createLifecycle({ logger, deadlineMs: 20 })
  lifecycle.add('hanging', () => new Promise(() => {}))
  expect(await lifecycle.stop('test')).toBe(1)
})

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('%s stops and exits with 0', async (signal) => {
  const { source, exited } = fakeProcess()
  createLifecycle({ logger, deadlineMs: 1000 }).listen(source)
  source.emit(signal)
  expect(await exited).toBe(0)
})

test('a second signal exits at once', async () => {
  const { source, exited } = fakeProcess()
  const lifecycle = createLifecycle({ logger, deadlineMs: 60_000 })
  const hanging = createDeferred<void>()
  lifecycle.add('hanging', () => hanging.promise)
  lifecycle.listen(source)
  source.emit('SIGINT')
  source.emit('SIGINT')
  expect(await exited).toBe(1)
  hanging.resolve()
  await lifecycle.stopped
})
