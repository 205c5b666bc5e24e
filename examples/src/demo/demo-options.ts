import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

export interface DemoOptions {
  endpoint: string
  token: string | undefined
  webUrl: string
  /** How long the one long run takes; absent: the whole story is played. */
  slowSeconds: number | undefined
}

/** Reads the command line and the environment; a key may also lie in the data folder, as `demo-key`. */
export function readDemoOptions(args: { argv: string[]; env: NodeJS.ProcessEnv; root: string }): DemoOptions {
  const { env } = args
  const { values } = parseArgs({
    args: args.argv,
    options: { slow: { type: 'boolean', default: false }, seconds: { type: 'string', default: '60' } },
  })
  const seconds = Number(values.seconds)
  if (!Number.isFinite(seconds) || seconds < 10) throw new Error('--seconds takes a number of 10 or more')
  const endpoint = env['CLEW_OTLP_ENDPOINT'] ?? `http://127.0.0.1:${env['CLEW_OTLP_PORT'] ?? '4318'}`
  const dataDir = env['CLEW_DATA_DIR'] ?? join(args.root, '.clew')
  return {
    endpoint,
    token: env['CLEW_OTLP_TOKEN'] ?? env['CLEW_INIT_API_KEY'] ?? readKey(join(dataDir, 'demo-key')),
    webUrl: env['CLEW_PUBLIC_URL'] ?? toWebUrl(endpoint, env['CLEW_PORT'] ?? '4000'),
    slowSeconds: values.slow ? seconds : undefined,
  }
}

/** The OTLP port serves no pages; anything else is taken for the main one. */
function toWebUrl(endpoint: string, port: string): string {
  if (!URL.canParse(endpoint)) return `http://127.0.0.1:${port}`
  const url = new URL(endpoint)
  return url.port === '4318' || url.hostname === '127.0.0.1'
    ? `${url.protocol}//${url.hostname}:${port}`
    : url.origin
}

function readKey(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}
