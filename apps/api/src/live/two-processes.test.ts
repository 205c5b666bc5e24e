import { randomBytes } from 'node:crypto'
import { readTestServerUrl } from '@clew/db/testing'
import type { RunEvent } from '@clew/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeSpan } from '../testing/make-span.ts'
import { openTestApi, type TestApi } from '../testing/open-test-api.ts'
import { readStream } from '../testing/read-stream.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const idOf = (number: number) => String(number).padStart(16, '0')

/** A run that goes on, with a stream of it open on each process, and what its steps are told as. */
async function openOnBoth() {
  const traceId = randomBytes(16).toString('hex')
  const startMs = Date.now()
  const root = { traceId, spanId: idOf(1), kind: 'AGENT' as const, startMs }
  await api.put({ spans: [makeSpan(root)] })
  const streams = await Promise.all(
    api.urls.map(async (url) => {
      const headers = { authorization: `Bearer ${api.key}` }
      const events = readStream<RunEvent>(await fetch(`${url}/v1/traces/${traceId}/stream`, { headers }))
      expect((await events.next()).value.data.type).toBe('snapshot')
      return events
    }),
  )
  const step = (number: number) =>
    makeSpan({ traceId, spanId: idOf(number), parentSpanId: idOf(1), startMs: startMs + number })
  /** How long it takes until both streams tell of the step, in milliseconds. */
  const untilTold = async (number: number): Promise<number> => {
    const sinceMs = Date.now()
    await Promise.all(
      streams.map(async (events) => {
        for (;;) {
          const { value, done } = await events.next()
          if (done === true) throw new Error('the stream closed')
          if (value.data.type === 'span-start' && value.data.span.spanId === idOf(number)) return
        }
      }),
    )
    return Date.now() - sinceMs
  }
  const end = async () => {
    await api.put({ spans: [makeSpan({ ...root, endMs: Date.now() })] })
    await Promise.all(streams.map(async (events) => await events.return(undefined)))
  }
  return { step, untilTold, end }
}

test('what is ingested by one process shows at once on the streams of the others', async () => {
  const { step, untilTold, end } = await openOnBoth()
  for (let number = 2; number < 12; number += 1) {
    await api.put({ spans: [step(number)] })
    expect(await untilTold(number)).toBeLessThan(5000)
  }
  await end()
})

test('a change of which nobody is told costs time, and is told by the next look', async () => {
  const { step, untilTold, end } = await openOnBoth()
  await api.put({ spans: [step(2)], isTold: false })
  expect(await untilTold(2)).toBeLessThan(20_000)
  await end()
})

test.runIf(readTestServerUrl() !== undefined)(
  'a change while no process hears is told once they hear again, long before the next look',
  async () => {
    const { step, untilTold, end } = await openOnBoth()
    expect(await api.cutListeners()).toBe(3)
    await api.put({ spans: [step(2)] })
    expect(await untilTold(2)).toBeLessThan(10_000)
    await end()
  },
)
