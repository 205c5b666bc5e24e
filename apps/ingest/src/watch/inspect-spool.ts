import { readdir, statfs } from 'node:fs/promises'
import type { IngestReport } from '@clew/control'
import { isSpooled, spooledAtMs } from '../write/spool.ts'

/** What lies in the spool folder, and the room on its disk; a folder that can't be read tells nothing. */
export async function inspectSpool(
  dir: string,
): Promise<
  Pick<IngestReport['spool'], 'files' | 'oldestAt' | 'unreadableFiles'> & Pick<IngestReport, 'disk'>
> {
  const names = await readdir(dir).catch(() => [])
  const spooled = names.filter(isSpooled).toSorted()
  const oldestMs = spooled[0] === undefined ? undefined : spooledAtMs(spooled[0])
  const disk = await statfs(dir).catch(() => undefined)
  return {
    files: spooled.length,
    unreadableFiles: names.filter((name) => name.endsWith('.unreadable')).length,
    ...(oldestMs === undefined ? {} : { oldestAt: new Date(oldestMs).toISOString() }),
    ...(disk === undefined
      ? {}
      : { disk: { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize } }),
  }
}
