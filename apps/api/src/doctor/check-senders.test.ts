import type { DatedReport, IngestTrouble, RefusedKey } from '@clew/control'
import { parseProjectId } from '@clew/domain'
import { expect, test } from 'vitest'
import { checkClocks, checkPrices, checkRefusedKeys, checkTroubles } from './check-senders.ts'

function projectOf(number: number) {
  const id = parseProjectId(`00000000-0000-4000-8000-00000000000${number}`)
  if (id === undefined) throw new Error('not a project id')
  return id
}

const at = '2026-01-01T14:02:11.000Z'
const tooOld: IngestTrouble = {
  kind: 'rejected-records',
  projectId: projectOf(1),
  signal: 'traces',
  reason: 'too-old',
  count: 1204,
  firstAt: at,
  lastAt: at,
}

function reportWith(troubles: IngestTrouble[]): DatedReport {
  return {
    ageMs: 0,
    report: {
      startedAt: at,
      queue: { bytes: 0, bytesMax: 1 },
      spool: { bytes: 0, bytesMax: 1, files: 0, unreadableFiles: 0 },
      summariser: { waitingTraces: 0, behindMs: 0 },
      troubles,
      refusedKeys: [],
    },
  }
}

test('rejected records are counted over all ingests, by reason, and of this project alone', () => {
  const elsewhere = { ...tooOld, projectId: projectOf(2), count: 5 }
  const refused: IngestTrouble = { ...tooOld, kind: 'refused-requests', reason: 'too-large', count: 2 }
  const reports = [
    reportWith([tooOld, elsewhere]),
    reportWith([{ ...tooOld, count: 6 }, { ...tooOld, reason: 'bad-id', count: 1 }, refused]),
  ]
  expect(checkTroubles(reports, projectOf(1))).toMatchObject([
    {
      name: 'rejected',
      status: 'warning',
      detail:
        '1,210 records older than the project keeps runs, the last at 14:02 UTC; 1 record without valid ids, the last at 14:02 UTC',
      advice: expect.stringContaining('Retention'),
    },
    { name: 'refused', status: 'warning', detail: '2 requests beyond the size limit, the last at 14:02 UTC' },
  ])
  expect(checkTroubles(reports, projectOf(3)).map(({ status }) => status)).toEqual(['ok', 'ok'])
})

test('a reason that is new here is still told', () => {
  const [rejected] = checkTroubles([reportWith([{ ...tooOld, reason: 'of-later' }])], projectOf(1))
  expect(rejected?.detail).toContain('1,204 records for the reason "of-later"')
})

test('refused keys are named by their last characters, three of them', () => {
  const keys: RefusedKey[] = ['0d1c', 'beef', 'cafe', 'f00d'].map((hint) => ({
    at,
    code: 'unknown-key',
    hint,
  }))
  expect(checkRefusedKeys(keys).detail).toBe(
    'an unknown key ending in …0d1c at 14:02 UTC, an unknown key ending in …beef at 14:02 UTC, an unknown key ending in …cafe at 14:02 UTC and 1 more',
  )
  expect(checkRefusedKeys([])).toMatchObject({ status: 'ok' })
})

test('a clock that is ahead is a fact, one that is behind may be a late sender', () => {
  const senders = [
    { serviceName: 'shop', aheadMs: 90_000, spanCount: 3 },
    { serviceName: '', aheadMs: -7_200_000, spanCount: 1 },
  ]
  expect(checkClocks(senders)).toMatchObject({
    status: 'warning',
    detail:
      'shop is at least 2 minutes ahead; a service without a name is 2 hours behind, or sends that late',
  })
})

test('models without a price are named, and their cost is called unknown', () => {
  expect(checkPrices([{ model: 'acme-large', provider: 'acme', callCount: 1 }])).toMatchObject({
    status: 'warning',
    detail: 'no price for acme-large (1 call); their cost is unknown, not zero',
  })
  expect(checkPrices([])).toMatchObject({ status: 'ok' })
})
