import { homedir } from 'node:os'
import { join } from 'node:path'

/** What the environment says to this command; flags go before it, the file that `clew login` writes after. */
export interface CliEnvironment {
  url: string | undefined
  token: string | undefined
  project: string | undefined
  /** Where `clew login` keeps its answers. */
  credentialsFile: string
  /** Built server for `clew up`; without it the one on the path is started. */
  standalone: string | undefined
  noColor: boolean
  forceColor: boolean
  columns: number | undefined
  isDumb: boolean
  /** Where the command was typed. */
  folder: string
}

/** The only reader of this process's environment. */
export function readCliEnvironment(): CliEnvironment {
  const { env } = process
  const configDir = filled(env['XDG_CONFIG_HOME']) ?? join(homedir(), '.config')
  const columns = Number(env['COLUMNS'])
  return {
    url: filled(env['CLEW_URL']),
    token: filled(env['CLEW_TOKEN']),
    project: filled(env['CLEW_PROJECT']),
    credentialsFile: filled(env['CLEW_CREDENTIALS']) ?? join(configDir, 'clew', 'credentials.json'),
    standalone: filled(env['CLEW_STANDALONE']),
    noColor: filled(env['NO_COLOR']) !== undefined,
    forceColor: filled(env['FORCE_COLOR']) !== undefined && env['FORCE_COLOR'] !== '0',
    columns: Number.isInteger(columns) && columns > 0 ? columns : undefined,
    isDumb: env['TERM'] === 'dumb',
    folder: process.cwd(),
  }
}

/** For a child: everything that this process has, and more. */
export function childEnvironment(more: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...more }
}

function filled(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value
}
