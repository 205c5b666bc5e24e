import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  authenticate,
  createApiKey,
  createProject,
  ensureInitial,
  openControl,
  systemPrincipal,
  updateRetentionPolicy,
  type Control,
  type KeyLimits,
  type Principal,
  type Scope,
} from '@clew/control'
import { openTestDb } from '@clew/db/testing'
import type { OrganisationId, ProjectId, RetentionPolicy } from '@clew/domain'
import type { Redactor } from '@clew/privacy'
import {
  createLogger,
  createMetrics,
  createMountHandler,
  serve,
  type ForwardTarget,
  type Mount,
} from '@clew/runtime'
import type { Store } from '@clew/store'
import { openTestStore } from '@clew/store/testing'
import { createIngest } from '../create-ingest.ts'
import type { IngestLimits } from '../ingest-config.ts'
import { testNowMs } from './make-export.ts'

export interface TestIngest {
  url: string
  store: Store
  control: Control
  organisationId: OrganisationId
  scope: { projectId: ProjectId; retention: RetentionPolicy }
  /** A key with scope `ingest`. */
  key: string
  /** Runs with the real time, from the start on. */
  clock: () => number
  spoolDir: string
  /** Requests that are not answered yet. */
  waiting(): number
  /** Log lines of every level, as JSON. */
  logLines: string[]
  createKey(scopes: Scope[], options?: { projectId?: ProjectId; limits?: KeyLimits }): Promise<string>
  createProject(name: string): Promise<ProjectId>
  /** Somebody who may do everything. */
  owner: Principal
  /** Posts with the ingest key unless the headers say otherwise. */
  post(request: {
    path?: string
    body: string | Uint8Array
    headers?: Record<string, string>
  }): Promise<Response>
  /** What `/metrics` says: values by name with labels, since the last start. */
  metrics(): Promise<Map<string, number>>
  /** Stops the ingest and starts another one on the same stores and folder. */
  restart(limits?: Partial<IngestLimits>): Promise<void>
  /** Starts another ingest without stopping this one, as after a crash. */
  crash(): Promise<void>
  close(): Promise<void>
}

const key = 'clew-test-key-0123456789abcdef'
const longestRetention: RetentionPolicy = { metadataDays: 730, contentDays: 730 }

/** The ingest behind a real HTTP server, on real embedded stores; `wrapStore` may put faults into inserts. */
export async function openTestIngest(
  options: {
    limits?: Partial<IngestLimits>
    wrapStore?: (store: Store) => Store
    forward?: ForwardTarget
    redactor?: Redactor
    /** What the clock shows at first; else `testNowMs`. */
    startMs?: number
  } = {},
): Promise<TestIngest> {
  const openedAt = performance.now()
  const clock = (): number => Math.trunc((options.startMs ?? testNowMs) + performance.now() - openedAt)
  const testDb = await openTestDb()
  const { store, close: closeStore } = await openTestStore({ clock })
  const secret = 'a secret of tests that is long enough for all'
  const control = await openControl({ db: testDb.db, secret, publicUrl: 'http://127.0.0.1:4000' })
  const initial = await ensureInitial(control, { project: 'Checkout', apiKey: key })
  if (!initial.ok || initial.value.projectId === undefined) throw new Error('no project')
  const { projectId } = initial.value
  const organisationId = await organisationOf(control)
  const owner = systemPrincipal({ organisationId, label: 'test' })
  // The spans of tests have fixed times; the engine expires rows by the machine's clock.
  const kept = await updateRetentionPolicy(control, owner, { projectId, ...longestRetention })
  if (!kept.ok) throw new Error(kept.error.message)
  const spoolDir = mkdtempSync(join(tmpdir(), 'clew-ingest-'))
  const logLines: string[] = []
  const logger = createLogger({ level: 'debug', format: 'json', write: (line) => void logLines.push(line) })
  let metrics = createMetrics()
  const open = async (limits?: Partial<IngestLimits>): Promise<Mount> => {
    metrics = createMetrics()
    const mount = createIngest({
      store: options.wrapStore?.(store) ?? store,
      control,
      logger,
      config: {
        spoolDir,
        replayEveryMs: 30,
        spoolAgeMs: 20,
        ...options.limits,
        ...limits,
        ...(options.forward === undefined ? {} : { forward: options.forward }),
      },
      clock,
      metrics,
      ...(options.redactor === undefined ? {} : { redactor: options.redactor }),
    })
    await mount.start()
    return mount
  }
  let mount = await open()
  const crashed: Mount[] = []
  let waiting = 0
  const forwarding: Mount = {
    prefix: ['/'],
    handle: (req, res) => {
      if (req.url === '/metrics') return metrics.mount.handle(req, res)
      waiting += 1
      res.once('close', () => (waiting -= 1))
      return mount.handle(req, res)
    },
    start: async () => {},
    stop: async () => {},
  }
  const handler = createMountHandler({ mounts: [forwarding], logger })
  const server = await serve({ host: '127.0.0.1', port: 0, handler })
  if (!server.ok) throw new Error(server.error.message)
  const { url } = server.value

  return {
    url,
    store,
    control,
    organisationId,
    scope: { projectId, retention: longestRetention },
    key,
    clock,
    spoolDir,
    waiting: () => waiting,
    logLines,
    owner,
    createProject: async (name) => {
      const created = await createProject(control, owner, { name })
      if (!created.ok) throw new Error(created.error.message)
      return created.value.id
    },
    createKey: async (scopes, of = {}) => {
      const created = await createApiKey(control, owner, { projectId, name: 'test', scopes, ...of })
      if (!created.ok) throw new Error(created.error.message)
      return created.value.secret
    },
    post: ({ path = '/v1/traces', body, headers }) =>
      fetch(url + path, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      }),
    metrics: async () => parseMetrics(await (await fetch(`${url}/metrics`)).text()),
    restart: async (limits) => {
      await mount.stop()
      mount = await open(limits)
    },
    crash: async () => {
      crashed.push(mount)
      mount = await open()
    },
    close: async () => {
      await server.value.close(100)
      for (const each of [mount, ...crashed]) await each.stop()
      await control.close()
      await testDb.close()
      await closeStore()
      rmSync(spoolDir, { recursive: true, force: true })
    },
  }
}

function parseMetrics(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(' ')
      return [line.slice(0, end), Number(line.slice(end + 1))]
    }),
  )
}

async function organisationOf(control: Control) {
  const principal = await authenticate(control, { 'x-api-key': key })
  if (!principal.ok) throw new Error(principal.error.message)
  return principal.value.organisationId
}
