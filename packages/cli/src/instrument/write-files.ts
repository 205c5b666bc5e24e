import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface FileChange {
  /** Absolute, with links followed. */
  file: string
  /** Undefined for a file that is new. */
  before: string | undefined
  after: string
  /** Readable by the person alone when new. */
  isSecret?: boolean
}

/** Writes all or none: everything is on disk before the first file takes its place, and a failure puts all back. */
export async function writeFiles(changes: readonly FileChange[]): Promise<void> {
  const staged = changes.map((change) => ({ ...change, draft: `${change.file}.${randomUUID()}.tmp` }))
  const drafts: string[] = []
  const placed: FileChange[] = []
  try {
    for (const { file, before, after, isSecret, draft } of staged) {
      if ((await readIfThere(file)) !== before) throw new Error(`${file} was changed meanwhile`)
      await mkdir(dirname(file), { recursive: true })
      drafts.push(draft)
      await writeFile(draft, after, { flag: 'wx', mode: isSecret === true ? 0o600 : 0o666 })
      if (before !== undefined) await chmod(draft, (await stat(file)).mode)
    }
    for (const change of staged) {
      await rename(change.draft, change.file)
      placed.push(change)
    }
  } catch (error) {
    for (const { file, before } of placed) {
      await (before === undefined ? rm(file, { force: true }) : writeFile(file, before))
    }
    throw error
  } finally {
    await Promise.all(drafts.map((draft) => rm(draft, { force: true })))
  }
}

/** The text of a file; undefined when there is none. */
export async function readIfThere(file: string): Promise<string | undefined> {
  return await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}
