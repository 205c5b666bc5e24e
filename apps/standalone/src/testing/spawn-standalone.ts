import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { readChildEnvironment } from './config.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface SpawnedStandalone {
  url: string
  /** Everything printed so far. */
  output(): string
  /** Sends the signal, and resolves with the exit code, or with null when the signal killed it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

export interface EndedStandalone {
  code: number | null
  output: string
}

/** The built product as its own process, on free ports; resolves once it says that it listens, or has ended. */
export async function spawnStandalone(
  env: Record<string, string>,
): Promise<SpawnedStandalone | EndedStandalone> {
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: root,
    env: { ...readChildEnvironment(), CLEW_PORT: '0', CLEW_OTLP_PORT: '0', UV_THREADPOOL_SIZE: '16', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const closed = once(child, 'close').then(([code]): number | null => code)
  const listening = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += String(chunk)
        const url = /Open\s+(http\S+)/.exec(output)?.[1]
        if (url !== undefined) resolve(url)
      })
    }
  })
  const url = await Promise.race([listening, closed])
  if (typeof url !== 'string') return { code: url, output }
  return {
    url,
    output: () => output,
    end: async (signal) => {
      child.kill(signal)
      return await closed
    },
  }
}
