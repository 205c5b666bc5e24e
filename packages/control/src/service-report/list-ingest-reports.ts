import { tables } from '@clew/db'
import { sql } from 'drizzle-orm'
import type { Control } from '../control.ts'
import { ingestReport } from './ingest-report.ts'
import type { IngestReport } from './ingest-report.ts'

export interface DatedReport {
  /** Since it was saved, by the database's clock. */
  ageMs: number
  report: IngestReport
}

/** What each ingest last said of itself, newest first; one in the form of another version is left out. */
export async function listIngestReports({ db }: Control): Promise<DatedReport[]> {
  const { serviceReport } = tables
  const rows = await db.orm
    .select({
      ageMs: sql`(extract(epoch from now() - ${serviceReport.reportedAt}) * 1000)::float8`.mapWith(Number),
      report: serviceReport.report,
    })
    .from(serviceReport)
    .orderBy(sql`${serviceReport.reportedAt} desc`)
  return rows.flatMap(({ ageMs, report }) => {
    const parsed = ingestReport.safeParse(report)
    return parsed.success ? [{ ageMs: Math.max(0, ageMs), report: parsed.data }] : []
  })
}
