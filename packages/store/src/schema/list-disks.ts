import { z } from 'zod'
import { bigCountColumn } from '../rows/column-schemas.ts'
import { readRows } from '../rows/read-rows.ts'
import type { Store } from '../store.ts'

export interface StoreDisk {
  name: string
  freeBytes: number
  totalBytes: number
}

const diskRow = z.object({ name: z.string(), free: bigCountColumn, total: bigCountColumn })

/** The local disks that the store writes to, with the room on them. */
export async function listDisks(store: Store): Promise<StoreDisk[]> {
  const rows = await readRows(store, {
    sql: `SELECT name, unreserved_space AS free, total_space AS total FROM system.disks
WHERE NOT is_remote AND total_space > 0`,
    params: {},
    row: diskRow,
  })
  return rows.map(({ name, free, total }) => ({ name, freeBytes: free, totalBytes: total }))
}
