import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './bundle.mjs'

export const person = { email: 'bench@example.com', password: 'correct horse battery' }

/**
 * The built product as `npm start` runs it, on a folder that goes with it. With `isAside` it takes only the CPU time that
 * nobody else on the machine wants.
 */
export async function startProduct(key, { isAside = false } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'clew-bench-browser-'))
  const command = [process.execPath, join(root, 'apps/standalone/dist/main.js')]
  const [program, ...args] = isAside ? ['nice', '-n', '19', ...command] : command
  const clew = spawn(program, args, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      NODE_ENV: 'production',
      UV_THREADPOOL_SIZE: '16',
      CLEW_PORT: '0',
      CLEW_OTLP_PORT: 'off',
      CLEW_DATA_DIR: directory,
      CLEW_INIT_ADMIN_EMAIL: person.email,
      CLEW_INIT_ADMIN_PASSWORD: person.password,
      CLEW_INIT_PROJECT: 'Bench',
      CLEW_INIT_API_KEY: key,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = async () => {
    clew.kill('SIGTERM')
    if (clew.exitCode === null) await once(clew, 'exit')
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    return { url: await addressOf(clew), stop }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

async function addressOf(child) {
  let said = ''
  const address = new Promise((resolve) => {
    child.stdout.on('data', (chunk) => {
      said += chunk
      const found = /Open\s+(\S+)/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    })
  })
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`Clew did not start:\n${said}`)))
  return Promise.race([address, ended])
}
