import type { Control } from '../control.ts'
import { listIngestReports } from '../service-report/list-ingest-reports.ts'
import type { RefusedKey } from './recent-refusals.ts'

/** Keys that were refused here or by any ingest, newest first, each key and reason once. */
export async function listRecentRefusals(
  control: Control,
  since?: { sinceMs: number },
): Promise<RefusedKey[]> {
  const sinceMs = since?.sinceMs ?? 0
  const reports = await listIngestReports(control)
  const all = [...control.refusals.list(sinceMs), ...reports.flatMap(({ report }) => report.refusedKeys)]
    .filter(({ at }) => Date.parse(at) >= sinceMs)
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
  const newest = new Map<string, RefusedKey>()
  for (const refusal of all) {
    const id = `${refusal.code} ${refusal.hint}`
    if (!newest.has(id)) newest.set(id, refusal)
  }
  return [...newest.values()]
}
