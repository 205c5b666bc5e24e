import { z } from 'zod'

/** What the store's tests read of the environment: a real server, on which they make databases of their own. */
export function readTestConfig(env: NodeJS.ProcessEnv = process.env): { clickhouseUrl?: string } {
  const url = z
    .url()
    .optional()
    .parse(env['CLEW_TEST_CLICKHOUSE_URL'] || undefined)
  return url === undefined ? {} : { clickhouseUrl: url }
}
