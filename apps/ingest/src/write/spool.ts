import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { fail, ok, type Result } from '@clew/domain'
import type { InsertBatch } from '@clew/store'

export interface SpoolFailure {
  code: 'spool-full' | 'spool-failed'
  message: string
}

/** Batches on disk while the store is away: one file a batch, on the disk before `append` resolves ok. */
export interface Spool {
  append(batch: InsertBatch): Promise<Result<void, SpoolFailure>>
  /** Names of the files, oldest first. */
  list(): Promise<string[]>
  /** Undefined when the file is not a whole batch; its token is the hash of the file. */
  read(name: string): Promise<InsertBatch | undefined>
  remove(name: string): Promise<void>
  /** Keeps an unreadable file for a person, out of the way of the others. */
  setAside(name: string): Promise<void>
  readonly bytes: number
}

const suffix = '.batch'

/** True of the name of a batch that waits. */
export function isSpooled(name: string): boolean {
  return name.endsWith(suffix)
}

/** When a batch was put aside; its name begins with that. */
export function spooledAtMs(name: string): number {
  return Number(name.slice(0, name.indexOf('-')))
}

const magic = 'clew-spool-1\n'

/** Left for the store on the same disk: its merges must never meet a full one. */
const freeBytesMin = 128 * 1024 * 1024

/** Opens the folder, makes it when missing, and forgets what a crash left half written. */
export async function openSpool(options: {
  dir: string
  bytesMax: number
  /** Of the disk that holds the folder. */
  readFreeBytes?: (dir: string) => Promise<number>
}): Promise<Spool> {
  const { dir, bytesMax, readFreeBytes = freeBytesOf } = options
  await mkdir(dir, { recursive: true, mode: 0o700 })
  let bytes = await tidy(dir)
  let count = 0

  const append = async (batch: InsertBatch): Promise<Result<void, SpoolFailure>> => {
    const content = Buffer.concat([Buffer.from(magic), serialize(batch)])
    if (bytes + content.length > bytesMax) {
      return fail({ code: 'spool-full', message: 'The spool is full' })
    }
    bytes += content.length
    if (!(await hasRoom(content.length))) {
      bytes -= content.length
      return fail({ code: 'spool-full', message: 'The disk of the spool is nearly full' })
    }
    count += 1
    const order = `${Date.now().toString().padStart(15, '0')}-${count.toString().padStart(6, '0')}`
    const name = `${order}-${hashOf(content).slice(0, 16)}${suffix}`
    try {
      await writeDurably({ dir, name, content })
      return ok(undefined)
    } catch (error) {
      bytes -= content.length
      await forget({ dir, name })
      return fail({ code: 'spool-failed', message: error instanceof Error ? error.message : 'write failed' })
    }
  }
  const hasRoom = async (size: number): Promise<boolean> => {
    try {
      return (await readFreeBytes(dir)) - size >= freeBytesMin
    } catch {
      return false
    }
  }
  const leave = async (name: string, move: (path: string) => Promise<void>): Promise<void> => {
    const path = join(dir, name)
    const { size } = await stat(path)
    await move(path)
    bytes = Math.max(0, bytes - size)
  }

  return {
    append,
    list: async () => (await readdir(dir)).filter(isSpooled).toSorted(),
    read: async (name) => decode({ name, content: await readFile(join(dir, name)) }),
    remove: (name) => leave(name, (path) => rm(path)),
    setAside: (name) => leave(name, (path) => rename(path, `${path}.unreadable`)),
    get bytes() {
      return bytes
    },
  }
}

async function freeBytesOf(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir)
  return bavail * bsize
}

/** A file gets its final name only once its content is on the disk, and the folder knows the name after that. */
async function writeDurably(file: { dir: string; name: string; content: Buffer }): Promise<void> {
  const path = join(file.dir, file.name)
  const handle = await open(`${path}.part`, 'wx', 0o600)
  try {
    await handle.writeFile(file.content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${path}.part`, path)
  const folder = await open(file.dir, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** A write that failed leaves nothing behind: on a full disk its part would keep the disk full. */
async function forget(file: { dir: string; name: string }): Promise<void> {
  const path = join(file.dir, file.name)
  await Promise.allSettled([`${path}.part`, path].map((each) => rm(each, { force: true })))
}

async function tidy(dir: string): Promise<number> {
  let bytes = 0
  for (const name of await readdir(dir)) {
    if (name.endsWith('.part')) await rm(join(dir, name), { force: true })
    else if (isSpooled(name)) bytes += (await stat(join(dir, name))).size
  }
  return bytes
}

function decode({ name, content }: { name: string; content: Buffer }): InsertBatch | undefined {
  const hash = hashOf(content)
  if (!name.endsWith(`-${hash.slice(0, 16)}${suffix}`)) return undefined
  if (content.subarray(0, magic.length).toString('latin1') !== magic) return undefined
  try {
    const batch: unknown = deserialize(content.subarray(magic.length))
    return isBatch(batch) ? { ...batch, token: hash } : undefined
  } catch {
    return undefined
  }
}

/** The file was written by this code and is whole: its name holds the hash of what it holds. */
function isBatch(value: unknown): value is InsertBatch {
  return (
    typeof value === 'object' && value !== null && 'spans' in value && 'logs' in value && 'runEvents' in value
  )
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
