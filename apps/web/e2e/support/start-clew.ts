import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../../standalone/dist/main.js', import.meta.url))
const root = fileURLToPath(new URL('../../../../', import.meta.url))
const startMsMax = 60_000

export interface RunningClew {
  url: string
  otlpUrl: string
  /** Present while nobody has an account. */
  setupUrl: string | undefined
  stop: () => Promise<void>
}

/** Starts the built product as its own process, on ports and in a data folder of its own. */
export async function startClew(env: Record<string, string> = {}): Promise<RunningClew> {
  if (!existsSync(main)) throw new Error('The product is not built; `npm test` builds it before it tests')
  const dataDir = await mkdtemp(join(tmpdir(), 'clew-e2e-'))
  const child = spawn(process.execPath, ['--enable-source-maps', main], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: dataDir,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      UV_THREADPOOL_SIZE: '16',
      CLEW_PORT: '0',
      CLEW_OTLP_PORT: '0',
      CLEW_DATA_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  async function stop() {
    child.kill('SIGTERM')
    await exited
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const banner = await readBanner(child)
    return { ...banner, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Key, person and project of a start that needs no set-up page. */
export const headless = {
  email: 'marta@halden.example',
  password: 'a long enough password',
  apiKey: 'clew_sk_for_tests_0123456789abcdef',
  project: 'halden-support',
} as const

/** The environment of a start with `headless`. */
export const headlessEnvironment = {
  CLEW_INIT_ADMIN_EMAIL: headless.email,
  CLEW_INIT_ADMIN_PASSWORD: headless.password,
  CLEW_INIT_PROJECT: headless.project,
  CLEW_INIT_API_KEY: headless.apiKey,
}

async function readBanner(
  child: ReturnType<typeof spawn>,
): Promise<Pick<RunningClew, 'url' | 'otlpUrl' | 'setupUrl'>> {
  let said = ''
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Clew did not listen in time:\n${said}`)), startMsMax)
    const read = (chunk: Buffer) => {
      said += chunk.toString()
      const url = /Open\s+(\S+)/.exec(said)?.[1]
      const otlpUrl = /OTLP\s+(\S+)/.exec(said)?.[1]
      // The link is the banner's last line; without one the banner ends with the data folder.
      if (url === undefined || otlpUrl === undefined || !/Data\s+\S+\n[^]*\n/.test(said)) return
      clearTimeout(timer)
      resolve({ url, otlpUrl, setupUrl: /http\S+\/setup\?token=\S+/.exec(said)?.[0] })
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`Clew ended with code ${String(code)}:\n${said}`))
    })
  })
}
