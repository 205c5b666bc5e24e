import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { readProcessStart } from './read-process-start.ts'

const beatMs = 2000
const silenceMs = 10_000

const lockOwner = z.object({ pid: z.number().int(), startedAs: z.string(), host: z.string(), id: z.string() })
type LockOwner = z.infer<typeof lockOwner>

/**
 * Makes this process the only user of a directory, which the embedded engine does not see to by itself. A lock
 * whose process is gone is taken over. Resolves to the unlock.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true })
  const file = join(directory, 'lock')
  const me = describeSelf()
  while (!(await place(file, me))) {
    const found = await readOwner(file)
    if (found === undefined) continue
    if (await isAlive(found, file)) throw new Error(inUse({ directory, owner: found }))
    await removeStale(file, found)
  }
  const beat = setInterval(() => {
    const now = new Date()
    utimes(file, now, now).catch(() => {})
  }, beatMs)
  beat.unref()
  return async () => {
    clearInterval(beat)
    const found = await readOwner(file)
    if (found?.id === me.id) await rm(file, { force: true })
  }
}

function describeSelf(): LockOwner {
  const startedAs = readProcessStart(process.pid) ?? ''
  return { pid: process.pid, startedAs, host: hostname(), id: randomUUID() }
}

// A link appears with its whole content or not at all, so no reader meets half a lock.
async function place(file: string, owner: LockOwner): Promise<boolean> {
  const draft = `${file}.${owner.id}`
  await writeFile(draft, JSON.stringify(owner))
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

async function readOwner(file: string): Promise<LockOwner | undefined> {
  try {
    return lockOwner.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    return { pid: 0, startedAs: '', host: hostname(), id: '' }
  }
}

// Pids say nothing across containers and machines: there, an owner lives as long as its lock is touched.
async function isAlive(owner: LockOwner, file: string): Promise<boolean> {
  if (owner.host === hostname()) {
    const startedAs = readProcessStart(owner.pid)
    if (startedAs === undefined) return false
    return owner.startedAs === '' || owner.startedAs === startedAs
  }
  const before = await touchedAt(file)
  if (before === undefined || Date.now() - before > silenceMs) return false
  await pause(beatMs * 2)
  return (await touchedAt(file)) !== before
}

async function touchedAt(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs
  } catch {
    return undefined
  }
}

// Two starters may meet one stale lock; whoever moved away the other's fresh one puts it back.
async function removeStale(file: string, stale: LockOwner): Promise<void> {
  const aside = `${file}.${randomUUID()}`
  try {
    await rename(file, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return
    throw error
  }
  const moved = await readOwner(aside)
  if (moved?.id !== stale.id) await link(aside, file).catch(() => {})
  await rm(aside, { force: true })
}

function inUse({ directory, owner }: { directory: string; owner: LockOwner }): string {
  const where = owner.host === hostname() ? `process ${owner.pid}` : `process ${owner.pid} on ${owner.host}`
  return `the database in ${directory} is in use by ${where}; stop it, or give this one another CLEW_DATA_DIR`
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
