import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createRequire } from 'node:module'
import { ensureInitial, openControl } from '@clew/control'
import { migrateDb, openDb } from '@clew/db'
import { readChildEnvironment, readPostgresUrl } from './config.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const secret = 'a secret of the fault tests, long enough for all'
export const apiKey = 'clew-faults-key-0123456789abcdef'

/** A child of ours that listens. */
export interface Child {
  url: string
  pid: number
  output: () => string
  isAlive: () => boolean
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Makes the project and the key in a database of its own, which one ingest at a time then opens. */
export async function prepareDatabase(dir: string): Promise<string> {
  const url = readPostgresUrl() ?? `pglite:${join(dir, 'postgres')}`
  const db = await openDb({ url, migrationsFolder: join(root, 'packages/db/migrations') })
  await migrateDb(db)
  const control = await openControl({ db, secret, publicUrl: 'http://127.0.0.1' })
  const initial = await ensureInitial(control, { project: 'Faults', apiKey })
  await control.close()
  await db.close()
  if (!initial.ok) throw new Error(initial.error.message)
  return url
}

/** The ingest as it is shipped, on an embedded engine (`chdb:`) or on a server's URL. */
export async function startIngest(options: {
  dir: string
  port: number
  databaseUrl: string
  clickhouseUrl: string
  env?: Record<string, string>
  /** Set by the shell before it becomes the ingest. */
  limits?: string
}): Promise<Child> {
  const { dir, port, databaseUrl, clickhouseUrl, env = {}, limits } = options
  const main = join(root, 'bench/dist/main.js')
  const environment = {
    ...readChildEnvironment(),
    UV_THREADPOOL_SIZE: '16',
    // As the image sets them; see infra/Dockerfile.
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: '131072',
    MALLOC_TRIM_THRESHOLD_: '131072',
    CLEW_PORT: String(port),
    CLEW_DATA_DIR: dir,
    CLEW_SECRET: secret,
    CLEW_DATABASE_URL: databaseUrl,
    CLEW_CLICKHOUSE_URL: clickhouseUrl,
    CLEW_SHUTDOWN_SECONDS: '120',
    ...env,
  }
  const run = `exec ${process.execPath} --enable-source-maps ${main}`
  const child = spawn('bash', ['-c', limits === undefined ? run : `${limits}; ${run}`], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return await untilListening(child, /"url":"(http[^"]+)".*"message":"listening"/)
}

/** A ClickHouse that can be killed: the store's HTTP front on an embedded engine, in a process of its own. */
export async function startFront(options: { dir: string; port: number; delayMs?: number }): Promise<Child> {
  const script = fileURLToPath(new URL('./front-process.ts', import.meta.url))
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const args = ['--conditions', '@clew/source', '--import', loader, script]
  const child = spawn(
    process.execPath,
    [...args, options.dir, String(options.port), String(options.delayMs ?? 0)],
    { env: readChildEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] },
  )
  return await untilListening(child, /front listens on (http\S+)/)
}

/** Nothing that a broken fault started may outlive it. */
const running = new Set<ChildProcess>()

export async function killChildren(): Promise<void> {
  const left = [...running]
  for (const child of left) child.kill('SIGKILL')
  await Promise.all(left.map((child) => once(child, 'close')))
}

async function untilListening(child: ChildProcess, pattern: RegExp): Promise<Child> {
  running.add(child)
  const closed = once(child, 'close').then(([code]: (number | null)[]) => code ?? null)
  let output = ''
  let isAlive = true
  void closed.then(() => {
    isAlive = false
    running.delete(child)
  })
  const listening = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output = (output + String(chunk)).slice(-200_000)
        const url = pattern.exec(output)?.[1]
        if (url !== undefined) resolve(url)
      })
    }
  })
  const url = await Promise.race([listening, closed])
  if (typeof url !== 'string' || child.pid === undefined) throw new Error(`ended with ${url}: ${output}`)
  return {
    url,
    pid: child.pid,
    output: () => output,
    isAlive: () => isAlive,
    end: async (signal) => {
      child.kill(signal)
      return await closed
    },
  }
}

export function spoolFiles(dir: string): string[] {
  return readdirSync(join(dir, 'spool')).filter((name) => name.endsWith('.batch'))
}

export async function until(what: string, isSo: () => boolean, withinMs = 120_000): Promise<void> {
  const startedMs = Date.now()
  while (!isSo()) {
    if (Date.now() - startedMs > withinMs) throw new Error(`${what}: not within ${withinMs / 1000} s`)
    await sleep(50)
  }
}

/** Resident memory of a process, in megabytes. */
export function rssOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}
