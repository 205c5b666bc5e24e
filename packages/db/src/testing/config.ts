/** The server to test on; undefined: the embedded engine. */
export function readTestServerUrl(): string | undefined {
  const url = process.env['CLEW_TEST_DATABASE_URL']
  return url === '' ? undefined : url
}
