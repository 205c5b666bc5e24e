/** Addresses of the services behind this one, read at run time; absent where everything is one process. */
export function readServiceUrls(): { apiUrl: string | undefined; ingestUrl: string | undefined } {
  return { apiUrl: process.env['CLEW_API_URL'], ingestUrl: process.env['CLEW_INGEST_URL'] }
}
