import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { firstKey, openTestStandalone, type TestStandalone } from './testing/open-test-standalone.ts'

const headers = { authorization: `Bearer ${firstKey}`, 'content-type': 'application/json' }
const traceId = 'abcdef00000000000000000000000001'
const spanId = '1111111111111111'

let clew: TestStandalone
beforeAll(async () => {
  clew = await openTestStandalone()
  const now = BigInt(Date.now()) * 1_000_000n
  const span = {
    traceId,
    spanId,
    name: 'answer',
    kind: 1,
    startTimeUnixNano: String(now - 1_000_000_000n),
    endTimeUnixNano: String(now),
    attributes: [
      { key: 'annotations.0.annotation.name', value: { stringValue: 'tone' } },
      { key: 'annotations.0.annotation.label', value: { stringValue: 'kind' } },
    ],
    events: [
      {
        name: 'gen_ai.evaluation.result',
        timeUnixNano: String(now),
        attributes: [
          { key: 'gen_ai.evaluation.name', value: { stringValue: 'relevance' } },
          { key: 'gen_ai.evaluation.score.value', value: { doubleValue: 0.75 } },
        ],
      },
    ],
  }
  const body = { resourceSpans: [{ scopeSpans: [{ scope: { name: 't' }, spans: [span] }] }] }
  const reply = await fetch(`${clew.url}/v1/traces`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (reply.status !== 200) throw new Error(await reply.text())
})
afterAll(() => clew.stop())

const post = (score: object) =>
  fetch(`${clew.url}/v1/scores`, { method: 'POST', headers, body: JSON.stringify(score) })

const good = { traceId, name: 'resolved', value: true, by: 'support' }

test('scores told later, by annotation and by evaluation event stand with the run, and runs are found by them', async () => {
  for (const score of [
    good,
    { ...good, name: 'csat', value: 4, comment: 'quick' },
    { ...good, name: 'mood', value: 'calm', spanId },
  ]) {
    expect((await post(score)).status).toBe(200)
  }
  const reply = await fetch(`${clew.url}/v1/traces/${traceId}`, { headers })
  const { scores }: { scores: { name: string }[] } = JSON.parse(await reply.text())
  expect(scores.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toMatchObject([
    { name: 'csat', value: 4, by: 'support', comment: 'quick' },
    { name: 'mood', value: 'calm', spanId },
    { name: 'relevance', value: 0.75, spanId },
    { name: 'resolved', value: true },
    { name: 'tone', value: 'kind', spanId },
  ])
  const found = async (where: object): Promise<number> => {
    const query = new URLSearchParams({ filter: JSON.stringify(where) }).toString()
    const listed = await fetch(`${clew.url}/v1/traces?${query}`, { headers })
    const { items }: { items: unknown[] } = JSON.parse(await listed.text())
    return items.length
  }
  await vi.waitFor(async () => expect(await found({ field: 'status', op: 'not-empty' })).toBe(1), {
    timeout: 10_000,
  })
  expect(await found({ field: 'score.csat', op: '>', value: 3 })).toBe(1)
  expect(await found({ field: 'score.csat', op: '>', value: 4 })).toBe(0)
  expect(await found({ field: 'score.csat', op: '>=', value: '4' })).toBe(1)
  expect(await found({ field: 'score.resolved', op: '=', value: true })).toBe(1)
  expect(await found({ field: 'score.tone', op: '=', value: 'kind' })).toBe(1)
  expect(await found({ field: 'score.tone', op: '!=', value: 'kind' })).toBe(0)
  expect(await found({ field: 'score.never', op: 'empty' })).toBe(1)
  expect(await found({ field: 'score.never', op: 'not-empty' })).toBe(0)
})

test('the same id again replaces a score', async () => {
  const score = { ...good, id: 'mine', name: 'again', value: 1 }
  await post(score)
  await post({ ...score, value: 2 })
  const reply = await fetch(`${clew.url}/v1/traces/${traceId}`, { headers })
  const { scores }: { scores: { name: string; value: unknown }[] } = JSON.parse(await reply.text())
  expect(scores.filter(({ name }) => name === 'again').map(({ value }) => value)).toEqual([2])
})

test.each([
  ['no trace', { traceId: undefined }, 'traceId'],
  ['a trace id that is none', { traceId: 'x' }, 'traceId'],
  ['a span id that is none', { spanId: 'x' }, 'spanId'],
  ['no name', { name: ' ' }, 'name'],
  ['no value', { value: undefined }, 'value'],
  ['a list as value', { value: [1] }, 'value'],
  ['a text too long', { value: 'x'.repeat(1001) }, 'value'],
  ['nobody who says so', { by: undefined }, 'by'],
])('a score with %s is refused and told what is wrong', async (_what, fault, field) => {
  const reply = await post({ ...good, ...fault })
  expect(reply.status).toBe(400)
  const { error }: { error: { field: string; message: string } } = JSON.parse(await reply.text())
  expect(error).toMatchObject({ field, message: expect.stringMatching(new RegExp(`^${field}: .{8,}`)) })
})

test('a field that is not known is named, so that a slip of the pen is not lost', async () => {
  const reply = await post({ ...good, coment: 'x' })
  expect(reply.status).toBe(400)
  expect(await reply.text()).toContain('coment')
})
