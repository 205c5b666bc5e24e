import type { DatedReport, IngestReport } from '@clew/control'
import { describe, expect, test } from 'vitest'
import { checkIngests } from './check-ingest.ts'

const nowMs = Date.UTC(2026, 0, 1, 12)
const megabyte = 1024 * 1024
const second = 1000
const minute = 60 * second

function reportOf(overrides: Partial<IngestReport> = {}, ageMs = 2 * second): DatedReport {
  return {
    ageMs,
    report: {
      startedAt: '2026-01-01T10:00:00.000Z',
      queue: { bytes: 0, bytesMax: 128 * megabyte },
      spool: { bytes: 0, bytesMax: 1024 * megabyte, files: 0, unreadableFiles: 0 },
      summariser: { waitingTraces: 0, behindMs: 0 },
      troubles: [],
      refusedKeys: [],
      ...overrides,
    },
  }
}

function find(name: string, reports: readonly DatedReport[]) {
  const found = checkIngests(reports, { nowMs }).find((finding) => finding.name === name)
  if (found === undefined) throw new Error(`nothing was said of ${name}`)
  return found
}

const at = (agoMs: number): string => new Date(nowMs - agoMs).toISOString()
const spoolOf = (spool: Partial<IngestReport['spool']>) =>
  reportOf({ spool: { ...reportOf().report.spool, ...spool } })

test('all is well when one runs and nothing waits', () => {
  expect(checkIngests([reportOf()], { nowMs }).map(({ name, status }) => [name, status])).toEqual([
    ['ingest', 'ok'],
    ['queue', 'ok'],
    ['spool', 'ok'],
    ['summaries', 'ok'],
  ])
})

describe('that nobody takes spans', () => {
  test('is said when no ingest has ever reported', () => {
    expect(find('ingest', [])).toMatchObject({ status: 'failed', detail: 'none runs: nobody takes spans' })
  })

  test('is said with how long it has been silent, and nothing old is told of it', () => {
    const silent = [reportOf({}, 5 * minute), reportOf({}, 9 * minute)]
    expect(find('ingest', silent)).toMatchObject({
      status: 'failed',
      detail: 'not heard of for 5 minutes; nobody takes spans',
    })
    expect(checkIngests(silent, { nowMs })).toHaveLength(1)
  })

  test('is a warning while another one runs', () => {
    expect(find('ingest', [reportOf(), reportOf({}, 2 * minute)])).toMatchObject({
      status: 'warning',
      detail: '1 of 2 run; one was not heard of for 2 minutes',
    })
  })
})

test.each([
  [0.69, 'ok', '88.3 MB of 128 MB in use'],
  [0.75, 'warning', '96.0 MB of 128 MB in use; at the limit senders are told to come back later (429)'],
])('a queue that is %s full is %s', (share, status, detail) => {
  const report = reportOf({ queue: { bytes: share * 128 * megabyte, bytesMax: 128 * megabyte } })
  expect(find('queue', [reportOf(), report])).toMatchObject({ status, detail })
})

describe('the spool', () => {
  test('tells since when the store is away, before anything waits', () => {
    const { status, detail } = find('spool', [spoolOf({ storeAwaySince: at(3 * minute) })])
    expect([status, detail]).toEqual([
      'warning',
      '0 B of 1.0 GB wait for ClickHouse, for 3 minutes; they are safe on disk and written when it takes them',
    ])
  })

  test('that fills up has failed, and says what senders will get', () => {
    expect(find('spool', [spoolOf({ bytes: 800 * megabyte, files: 40 })])).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('beyond it senders are refused (503)'),
      advice: expect.stringContaining('CLEW_SPOOL_BYTES'),
    })
  })

  test('on a disk without room is as bad as the disk', () => {
    const disk = { freeBytes: 300 * megabyte, totalBytes: 100_000 * megabyte }
    expect(find('spool', [reportOf({ disk })])).toMatchObject({
      status: 'failed',
      detail: 'its disk has 300 MB of 97.7 GB left',
    })
  })

  test('tells of files that were set aside', () => {
    expect(find('spool', [spoolOf({ unreadableFiles: 1 })])).toMatchObject({
      status: 'warning',
      detail: '1 file could not be read or stored, and were set aside',
    })
  })
})

test('summaries that lag say by how much', () => {
  const summariser = { waitingTraces: 1204, behindMs: 3 * minute }
  expect(find('summaries', [reportOf({ summariser })])).toMatchObject({
    status: 'warning',
    detail: '3 minutes behind, 1,204 runs waiting; lists and totals lag',
  })
})
