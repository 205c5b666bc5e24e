import type { CliEnvironment } from '../config.ts'

/** An environment that says nothing. */
export const plainEnvironment: CliEnvironment = {
  url: undefined,
  token: undefined,
  project: undefined,
  credentialsFile: '/nonexistent/clew/credentials.json',
  standalone: undefined,
  noColor: false,
  forceColor: false,
  columns: undefined,
  isDumb: false,
  folder: '/nonexistent',
}
