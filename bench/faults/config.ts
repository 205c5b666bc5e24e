/** A Postgres of one's own instead of the embedded one, whose memory would count as the ingest's. */
export function readPostgresUrl(): string | undefined {
  return process.env['CLEW_FAULTS_POSTGRES_URL']
}

/** What a child process needs of the environment; nothing of Clew's own, so that a fault says all that it gives. */
export function readChildEnvironment(): { NODE_ENV: 'production'; [name: string]: string } {
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env
  return { NODE_ENV: 'production', PATH, HOME, ...(TMPDIR === '' ? {} : { TMPDIR }) }
}
