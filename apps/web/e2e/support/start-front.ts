import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
const web = fileURLToPath(new URL('../../', import.meta.url))
const startMsMax = 60_000

/** Starts the built web app as a service of its own, in front of the given API and ingest. */
export async function startFront(services: {
  apiUrl: string
  ingestUrl: string
}): Promise<{ url: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [next, 'start', '--port', '0', '--hostname', '127.0.0.1'], {
    cwd: web,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      CLEW_API_URL: services.apiUrl,
      CLEW_INGEST_URL: services.ingestUrl,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    const timer = setTimeout(
      () => reject(new Error(`The front did not listen in time:\n${said}`)),
      startMsMax,
    )
    const read = (chunk: Buffer) => {
      said += chunk.toString()
      const local = /Local:\s+(\S+)/.exec(said)?.[1]
      if (local === undefined || !said.includes('Ready')) return
      clearTimeout(timer)
      resolve(local)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', () => reject(new Error(`The front ended:\n${said}`)))
  })
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}
