import { tables } from '@clew/db'
import { lt, sql } from 'drizzle-orm'
import type { Control } from '../control.ts'
import type { IngestReport } from './ingest-report.ts'

const forgottenAfter = sql`now() - interval '1 day'`

/** Replaces what this ingest last said of itself, and drops what nobody has renewed for a day. */
export async function saveIngestReport(
  { db }: Control,
  { id, report }: { id: string; report: IngestReport },
): Promise<void> {
  const row = { service: 'ingest' as const, reportedAt: sql`now()`, report }
  await db.orm
    .insert(tables.serviceReport)
    .values({ id, ...row })
    .onConflictDoUpdate({ target: tables.serviceReport.id, set: row })
  await db.orm.delete(tables.serviceReport).where(lt(tables.serviceReport.reportedAt, forgottenAfter))
}
