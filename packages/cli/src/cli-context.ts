import type { ClewClient } from '@clew/client'
import type { CliEnvironment } from './config.ts'
import type { Terminal } from './terminal/terminal.ts'

/** What a verb is handed. */
export interface CliContext {
  terminal: Terminal
  environment: CliEnvironment
  isJson: boolean
  isQuiet: boolean
  url: string
  token: string | undefined
  /** The project as it was named; undefined for the only one of the key. */
  project: string | undefined
  client: ClewClient
  /** Asks once for the project. */
  projectId: () => Promise<string>
  projectSlug: () => Promise<string>
  /** Writes one JSON document, or one event, on a line of its own. */
  json: (value: unknown) => void
  /** Aborts when the person interrupts. */
  signal: AbortSignal
  /** Milliseconds since the epoch. */
  clock: () => number
  stdin: AsyncIterable<unknown> & { isTTY?: boolean }
}
