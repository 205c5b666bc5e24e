import type { Session } from 'chdb'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { createQueue } from './queue.ts'
import { parseDatabaseName } from '../driver/database-name.ts'
import { parseParams } from './parse-params.ts'

export interface HttpFront {
  /** `http://127.0.0.1:<port>` */
  url: string
  close(): Promise<void>
}

interface Request {
  sql: string
  body: Buffer
  database: string
  params: Record<string, unknown>
  format: string
}

/**
 * Enough of ClickHouse's HTTP protocol for the stock client, in front of an embedded engine: for tests of the
 * HTTP path without a server, and for separate processes that share one engine. No product runs on it.
 */
export async function openHttpFront(options: {
  directory: string
  host?: string
  port?: number
  /** Asked of every caller, when given. */
  password?: string
  /** Before each insert, as of a store that is slow. */
  delayMs?: number
}): Promise<HttpFront> {
  const chdb = await import('chdb')
  const session = new chdb.Session(options.directory)
  const queue = createQueue()
  const run = async (request: Request): Promise<Uint8Array> => {
    if (options.delayMs && request.body.length > 0) await sleep(options.delayMs)
    return await queue.run(() => runRequest(session, request))
  }
  const server = createServer({ keepAliveTimeout: 30_000 }, (req, res) => {
    void answer({ req, res, run, password: options.password })
  })
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve)
  })
  const { port } = portOf(server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
      await queue.run(async () => {
        session.close()
      })
    },
  }
}

type EngineSession = InstanceType<typeof Session>

async function answer(args: {
  req: IncomingMessage
  res: ServerResponse
  run: (request: Request) => Promise<Uint8Array>
  password: string | undefined
}): Promise<void> {
  const { req, res, run, password } = args
  const url = new URL(req.url ?? '/', 'http://localhost')
  if (url.pathname === '/ping') return void res.writeHead(200).end('Ok.\n')
  if (password !== undefined && passwordOf(req) !== password) {
    return void res
      .writeHead(403, { 'X-ClickHouse-Exception-Code': '516' })
      .end('Code: 516. DB::Exception: default: Authentication failed. (AUTHENTICATION_FAILED)')
  }
  try {
    const bytes = await run(await toRequest(req, url))
    const headers = { 'Content-Type': 'text/plain; charset=UTF-8', 'X-ClickHouse-Summary': '{}' }
    res.writeHead(200, headers).end(bytes)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const code = /Code: (\d+)/.exec(message)?.[1] ?? '1002'
    res.writeHead(500, { 'X-ClickHouse-Exception-Code': code }).end(message)
  }
}

async function toRequest(req: IncomingMessage, url: URL): Promise<Request> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(Buffer.from(chunk))
  const sent = Buffer.concat(chunks)
  const body = req.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent
  const query = url.searchParams.get('query')
  const sql = query ?? body.toString('utf8')
  return {
    sql,
    body: query === null ? Buffer.alloc(0) : body,
    database: url.searchParams.get('database') ?? 'default',
    params: parseParams({ sql, search: url.searchParams }),
    format: url.searchParams.get('default_format') ?? 'TabSeparated',
  }
}

async function runRequest(session: EngineSession, request: Request): Promise<Uint8Array> {
  const { sql, body, params, format } = request
  await session.queryAsync(`USE ${parseDatabaseName(request.database)}`)
  if (body.length > 0) return insertBody(session, { sql, body })
  const hasParams = Object.keys(params).length > 0
  const result = hasParams
    ? await session.queryBindAsync(sql, params, { format })
    : await session.queryAsync(sql, { format })
  return result.bytes()
}

/** Through a file, since the engine cuts an inline body at a blank line. */
async function insertBody(
  session: EngineSession,
  insert: { sql: string; body: Buffer },
): Promise<Uint8Array> {
  const head = /^(INSERT INTO \S+(?:\s*\([^)]*\))?)(\s+SETTINGS [\s\S]+?)?\s+FORMAT (\w+)\s*$/.exec(
    insert.sql,
  )
  if (!head)
    throw new Error(
      'Code: 62. DB::Exception: Syntax error: the front knows INSERT … FORMAT only. (SYNTAX_ERROR)',
    )
  const [, into = '', settings = '', format = ''] = head
  const directory = mkdtempSync(join(tmpdir(), 'clew-front-'))
  try {
    const file = join(directory, 'body')
    writeFileSync(file, insert.body)
    const result = await session.queryAsync(`${into} FROM INFILE '${file}'${settings} FORMAT ${format}`)
    return result.bytes()
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function passwordOf(req: IncomingMessage): string | undefined {
  const key = req.headers['x-clickhouse-key']
  if (typeof key === 'string') return key
  const basic = /^Basic (.+)$/.exec(req.headers.authorization ?? '')?.[1]
  return basic && Buffer.from(basic, 'base64').toString('utf8').split(':').slice(1).join(':')
}

function portOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('the front listens on no port')
  return address
}
