import { buildPriceBook, readPublicPrices } from '@clew/domain/prices'
import { createRedactor } from '@clew/privacy'
import { listRecordings, loadRecording } from '@clew/testing'
import { expect, test } from 'vitest'
import { decodeTracesJson } from '../decode/decode-json.ts'
import { decodeTracesProtobuf } from '../decode/decode-protobuf.ts'
import type { ReceivedGroup, ReceivedSpan } from '../decode/received.ts'
import { createRandom, mutate } from '../testing/mutate.ts'
import { makeSpan, makeTraces, testNowMs } from '../testing/make-export.ts'
import { convertTraces } from './convert-traces.ts'

const redactor = createRedactor()
const prices = buildPriceBook({ table: readPublicPrices() })
const bodies = listRecordings()
  .flatMap((id) => loadRecording(id).requests)
  .filter(({ signal }) => signal === 'traces')
  .map(({ contentType, inflated }) => ({
    isJson: contentType === 'application/json',
    body: Buffer.from(inflated),
  }))

async function convert(
  groups: readonly ReceivedGroup<ReceivedSpan>[],
): Promise<{ spans: number; bugs: unknown[] }> {
  const bugs: unknown[] = []
  const window = { nowMs: testNowMs, retentionDays: 730 }
  const onBug = (error: unknown) => bugs.push(error)
  const { spans } = await convertTraces({ groups, window, redactor, prices, onBug })
  return { spans: spans.length, bugs }
}

test('recorded bodies that were damaged on the way are refused or converted, never a crash', async () => {
  const random = createRandom(7)
  const bugs: unknown[] = []
  let converted = 0
  for (let round = 0; round < 3000; round += 1) {
    const { isJson, body } = bodies[random(bodies.length)] ?? { isJson: true, body: Buffer.alloc(0) }
    const damaged = mutate(body, random)
    const groups = isJson ? decodeTracesJson(damaged) : decodeTracesProtobuf(damaged)
    if (!groups.ok) continue
    const outcome = await convert(groups.value)
    converted += outcome.spans
    bugs.push(...outcome.bugs)
  }
  expect(bugs).toEqual([])
  expect(converted).toBeGreaterThan(1000)
})

test('a record that trips over a bug of ours is rejected alone, and the bug reported', async () => {
  const bugs: unknown[] = []
  const broken = {
    ...redactor,
    redactText: (text: string, path: string): string => {
      if (path === 'name' && text === 'trip') throw new Error('bug')
      return text
    },
  }
  const decoded = decodeTracesJson(
    Buffer.from(JSON.stringify(makeTraces([makeSpan({ name: 'trip' }), makeSpan({ name: 'fine' })]))),
  )
  if (!decoded.ok) throw new Error(decoded.error.message)
  const window = { nowMs: testNowMs, retentionDays: 30 }
  const result = await convertTraces({
    groups: decoded.value,
    window,
    redactor: broken,
    prices,
    onBug: (error) => bugs.push(error),
  })
  expect(result.spans.map(({ name }) => name)).toEqual(['fine'])
  expect(result.rejected).toMatchObject([{ reason: 'it could not be processed' }])
  expect(bugs).toEqual([new Error('bug')])
})
