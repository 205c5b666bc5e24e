import { parseProjectId } from '@clew/domain'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listRecentRefusals } from '../refusal/list-recent-refusals.ts'
import { noteRefusedKey } from '../refusal/note-refused-key.ts'
import { openTestControl } from '../testing/open-test-control.ts'
import type { TestControl } from '../testing/open-test-control.ts'
import { forgetIngestReport } from './forget-ingest-report.ts'
import type { IngestReport } from './ingest-report.ts'
import { listIngestReports } from './list-ingest-reports.ts'
import { saveIngestReport } from './save-ingest-report.ts'

let open: TestControl
beforeAll(async () => {
  open = await openTestControl()
})
afterAll(() => open.close())

const projectId = parseProjectId('22222222-2222-4222-8222-222222222222')
if (projectId === undefined) throw new Error('not a project id')
const at = '2026-01-01T12:00:00.000Z'

function buildReport(overrides: Partial<IngestReport> = {}): IngestReport {
  return {
    startedAt: at,
    queue: { bytes: 0, bytesMax: 100 },
    spool: { bytes: 0, bytesMax: 100, files: 0, unreadableFiles: 0 },
    summariser: { waitingTraces: 0, behindMs: 0 },
    troubles: [],
    refusedKeys: [],
    ...overrides,
  }
}

test('each ingest has one report, the newest, until it stops in good order', async () => {
  const { control } = open
  const troubles = [
    {
      kind: 'rejected-records' as const,
      projectId,
      signal: 'traces' as const,
      reason: 'too-old',
      count: 3,
      firstAt: at,
      lastAt: at,
    },
  ]
  await saveIngestReport(control, { id: 'a', report: buildReport() })
  await saveIngestReport(control, { id: 'a', report: buildReport({ troubles }) })
  await saveIngestReport(control, { id: 'b', report: buildReport() })
  const reports = await listIngestReports(control)
  expect(reports).toHaveLength(2)
  expect(reports.find(({ report }) => report.troubles.length > 0)?.report).toEqual(buildReport({ troubles }))
  expect(reports[0]?.ageMs).toBeLessThan(60_000)
  await forgetIngestReport(control, { id: 'b' })
  expect(await listIngestReports(control)).toHaveLength(1)
})

test('a report that is not renewed grows old, and is dropped after a day', async () => {
  const { control } = open
  await saveIngestReport(control, { id: 'a', report: buildReport() })
  const backdate = (text: string) =>
    control.db.orm.execute(
      sql`update service_report set reported_at = now() - ${text}::interval where id = 'a'`,
    )
  await backdate('5 minutes')
  expect((await listIngestReports(control))[0]?.ageMs).toBeGreaterThanOrEqual(300_000)
  await backdate('25 hours')
  await saveIngestReport(control, { id: 'c', report: buildReport() })
  expect(await listIngestReports(control)).toHaveLength(1)
  await forgetIngestReport(control, { id: 'c' })
})

test('a report in the form of another version is left out', async () => {
  const { control } = open
  await saveIngestReport(control, { id: 'd', report: buildReport() })
  await control.db.orm.execute(sql`update service_report set report = '{"queue":"long"}' where id = 'd'`)
  expect(await listIngestReports(control)).toEqual([])
  await forgetIngestReport(control, { id: 'd' })
})

test('keys that an ingest elsewhere refused are told of like those refused here, each once', async () => {
  const { control } = open
  const elsewhere = { at: '2026-01-01T12:00:05.000Z', code: 'unknown-key', hint: '0d1c' } as const
  const refusedKeys = [elsewhere, { ...elsewhere, hint: 'beef', at: '2025-12-31T00:00:00.000Z' }]
  await saveIngestReport(control, { id: 'e', report: buildReport({ refusedKeys }) })
  noteRefusedKey(control, { code: 'unknown-key', hint: '0d1c' })
  noteRefusedKey(control, { code: 'revoked-key', hint: '0d1c' })
  expect(await listRecentRefusals(control, { sinceMs: Date.parse(at) })).toEqual([
    elsewhere,
    { at, code: 'revoked-key', hint: '0d1c' },
  ])
})
