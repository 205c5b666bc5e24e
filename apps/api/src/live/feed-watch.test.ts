import { parseProjectId, type FeedEntry } from '@clew/domain'
import { openTestControl, type TestControl } from '@clew/control/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { FeedWatch } from './feed-watch.ts'

const projectId = parseProjectId('22222222-2222-4222-8222-222222222222')
if (projectId === undefined) throw new Error('bad id')
const project = projectId

let open: TestControl
let watch: FeedWatch
beforeAll(async () => {
  open = await openTestControl()
})
afterAll(() => open.close())
beforeEach(() => {
  const { signal } = new AbortController()
  watch = new FeedWatch({ control: open.control, projectId: project, signal })
})
afterEach(() => watch.close())

const entry = (seq: number, kind: FeedEntry['kind'], ...traceIds: string[]): FeedEntry => ({
  seq,
  kind,
  traceIds,
  sessionIds: [],
})

test('spans that are merged with a summary stay told apart from it', () => {
  watch.add(entry(1, 'span', 'begun'))
  watch.add(entry(2, 'summary', 'summed'))
  expect(watch.take()).toMatchObject({
    seq: 2,
    kind: 'summary',
    kinds: new Set(['span', 'summary']),
    traceIds: ['begun', 'summed'],
    summedTraceIds: ['summed'],
  })
})

test('spans and logs together count as spans, of which one asks whether logs came', () => {
  watch.add(entry(1, 'log', 'a'))
  watch.add(entry(2, 'span', 'a'))
  expect(watch.take()).toMatchObject({ kind: 'span', kinds: new Set(['log', 'span']), summedTraceIds: [] })
  watch.add(entry(3, 'log', 'a'))
  expect(watch.take()?.kind).toBe('log')
})

test('a rest ends with what will not wait, and not before', async () => {
  let isOver = false
  const resting = watch
    .rest({ ms: 60_000, until: ({ traceIds }) => traceIds.includes('urgent') })
    .then(() => (isOver = true))
  watch.add(entry(1, 'summary', 'other'))
  await Promise.resolve()
  expect(isOver).toBe(false)
  watch.add(entry(2, 'span', 'urgent'))
  await resting
  expect(watch.take()?.traceIds).toEqual(['other', 'urgent'])
})
