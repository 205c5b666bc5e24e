import { expect, test } from 'vitest'
import { readRunsView, toFilter, toWindow } from './runs-url.ts'

test('an empty URL is the last day of root runs, newest first, live', () => {
  expect(readRunsView(new URLSearchParams())).toEqual({
    scope: 'root',
    conditions: [],
    words: '',
    range: '24h',
    sort: { by: 'start', direction: 'desc' },
    isLive: true,
  })
})

test('what makes no sense in a URL falls back instead of breaking the page', () => {
  const view = readRunsView(new URLSearchParams('scope=all&range=3y&sort=colour.up&from=soon&live=0'))
  expect(view).toMatchObject({
    scope: 'root',
    range: '24h',
    sort: { by: 'start', direction: 'desc' },
    isLive: false,
  })
  expect(view.brush).toBeUndefined()
})

test('the window ends after now and moves in whole steps only', () => {
  const nowMs = Date.UTC(2026, 10, 20, 14, 9, 39)
  const window = toWindow({ range: '6h', nowMs, buckets: 72 })
  expect(window.stepMs).toBe(300_000)
  expect(window.until).toBeGreaterThan(nowMs)
  expect(window.until - window.since).toBe(72 * 300_000)
  expect(toWindow({ range: '6h', nowMs: nowMs + 10_000, buckets: 72 })).toEqual(window)
})

test('conditions of the view and of a section stand together', () => {
  const view = readRunsView(new URLSearchParams('q=agent:support refund&scope=any'))
  expect(
    toFilter({ view, since: 5, until: 9, also: [{ field: 'status', op: '=', value: 'error' }] }),
  ).toEqual({
    scope: 'any',
    where: {
      and: [
        { field: 'agent', op: '=', value: 'support' },
        { field: 'status', op: '=', value: 'error' },
      ],
    },
    text: 'refund',
    since: 5,
    until: 9,
  })
})
