import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClewClient, type ClewClient } from '@clew/client'
import { createLifecycle, createLogger, readConfig } from '@clew/runtime'
import { createStandalone } from '../create-standalone.ts'

export const owner = { email: 'ada@example.com', password: 'correct horse battery' }
export const firstKey = 'clew_sk_test_0123456789abcdef0123'

export interface TestStandalone {
  url: string
  /** With the first project's key: scopes ingest and read. */
  client: ClewClient
  /** With the owner's session. */
  ownerClient: ClewClient
  /** The owner's session, for requests by hand. */
  cookie: string
  projectId: string
  stop(): Promise<void>
}

/** Everything but the pages, in this process, on embedded stores in a folder of its own. */
export async function openTestStandalone(
  options: { clock?: () => number; env?: Record<string, string> } = {},
): Promise<TestStandalone> {
  const dataDir = mkdtempSync(join(tmpdir(), 'clew-standalone-'))
  const config = readConfig({
    CLEW_PORT: '0',
    CLEW_OTLP_PORT: 'off',
    CLEW_DATA_DIR: dataDir,
    CLEW_INIT_ADMIN_EMAIL: owner.email,
    CLEW_INIT_ADMIN_PASSWORD: owner.password,
    CLEW_INIT_PROJECT: 'Support desk',
    CLEW_INIT_API_KEY: firstKey,
    ...options.env,
  })
  if (!config.ok) throw new Error(config.error.message)
  const logger = createLogger({ level: 'warn', format: 'human' })
  const lifecycle = createLifecycle({ logger, deadlineMs: 20_000 })
  const started = await createStandalone({ config: config.value, logger, lifecycle, ...options })
  if (!started.ok) throw new Error(started.error.message)
  const { url } = started.value
  const cookie = await signIn(url)
  const ownerClient = createClewClient({ baseUrl: url, headers: () => ({ cookie }) })
  const [project] = await ownerClient.projects.list.query()
  if (project === undefined) throw new Error('the first start made no project')
  return {
    url,
    client: createClewClient({ baseUrl: url, token: firstKey }),
    ownerClient,
    cookie,
    projectId: project.id,
    stop: async () => {
      await lifecycle.stop('test')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The Cookie header of the owner, signed in. */
async function signIn(url: string): Promise<string> {
  const reply = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(owner),
  })
  if (!reply.ok) throw new Error(`sign-in answered ${reply.status}: ${await reply.text()}`)
  return reply.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}
