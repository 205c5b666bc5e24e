import { formatBytes } from '@clew/domain/format'
import type { SchemaState, StoreDisk } from '@clew/store'
import type { Finding } from './finding.ts'

const megabyte = 1024 * 1024

/** Whether ClickHouse answers. */
export function checkStore({ isUp }: { isUp: boolean }): Finding {
  const about = { name: 'store', title: 'ClickHouse' }
  if (isUp) return { ...about, status: 'ok', detail: 'answers' }
  return {
    ...about,
    status: 'failed',
    detail: 'does not answer; pages have nothing to show, and spans wait in the spool of the ingest',
    advice: 'Start it or mend the way to it (CLEW_CLICKHOUSE_URL); what waits is written by itself then.',
  }
}

/** Whether both databases have the migrations of this version. */
export function checkSchema(state: { store: SchemaState; isDatabaseMigrated: boolean }): Finding {
  const about = { name: 'schema', title: 'Schema' }
  const { version, knownVersion } = state.store
  if (version < knownVersion) {
    return {
      ...about,
      status: 'failed',
      detail: `ClickHouse is at migration ${version}, and this version needs ${knownVersion}`,
      advice: 'Restart the API or the ingest: they migrate at the start, and their log says what stops them.',
    }
  }
  if (!state.isDatabaseMigrated) {
    return {
      ...about,
      status: 'failed',
      detail: 'the control database lacks migrations of this version',
      advice: 'Restart the API or the ingest: they migrate at the start, and their log says what stops them.',
    }
  }
  if (version > knownVersion) {
    return {
      ...about,
      status: 'warning',
      detail: `ClickHouse is at migration ${version}; this version knows ${knownVersion} of them`,
      advice: 'A newer Clew has run on these data. Update this one.',
    }
  }
  return { ...about, status: 'ok', detail: 'up to date' }
}

/** The room on the disks that the store writes to. */
export function checkDisks(disks: readonly StoreDisk[]): Finding {
  const about = { name: 'disk', title: 'Disk of the store' }
  const [fullest] = disks.toSorted((a, b) => a.freeBytes - b.freeBytes)
  if (fullest === undefined) return { ...about, status: 'ok', detail: 'no local disk' }
  const status = diskStatus(fullest)
  const detail = `${formatBytes(fullest.freeBytes)} of ${formatBytes(fullest.totalBytes)} free`
  if (status === 'ok') return { ...about, status, detail }
  return {
    ...about,
    status,
    detail,
    advice:
      'Free or add room, or keep runs for a shorter time (Settings, Retention). A store without room takes nothing.',
  }
}

/** Merges need room for a copy of what they merge, so a disk counts as full before it is. */
export function diskStatus({ freeBytes, totalBytes }: { freeBytes: number; totalBytes: number }) {
  if (freeBytes < 512 * megabyte || freeBytes < totalBytes * 0.02) return 'failed'
  return freeBytes < Math.min(totalBytes * 0.1, 10_240 * megabyte) ? 'warning' : 'ok'
}
