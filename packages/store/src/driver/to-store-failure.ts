import { ClickHouseError } from '@clickhouse/client'
import { StoreError } from '../store-failure.ts'
import type { StoreFailure } from '../store-failure.ts'

/** Codes of ClickHouse after which the same statement may succeed later. */
const transientCodes = new Set([
  '16', // no such column: the schema is behind
  '60', // unknown table: the schema is behind
  '81', // unknown database
  '164', // read only
  '192', // unknown user
  '193', // wrong password
  '194', // password required
  '202', // too many simultaneous queries
  '210', // network error
  '236', // aborted
  '241', // memory limit exceeded
  '242', // table is read only
  '243', // not enough space
  '252', // too many parts
  '279', // all connection tries failed
  '285', // too few live replicas
  '319', // unknown status of insert
  '516', // authentication failed
  '999', // keeper
])
const timeoutCodes = new Set(['159', '160', '209'])

/** What went wrong, in the store's own words: whether to retry, and the engine's first line. */
export function toStoreFailure(error: unknown): StoreFailure {
  if (StoreError.isInstance(error)) return error.failure
  const message = firstLine(error)
  if (error instanceof ClickHouseError || hasEngineCode(error)) {
    const { code: engineCode } = error
    if (timeoutCodes.has(engineCode)) return { code: 'timeout', message, engineCode }
    return { code: transientCodes.has(engineCode) ? 'unavailable' : 'rejected', message, engineCode }
  }
  return { code: /timeout|timed out|ETIMEDOUT/i.test(message) ? 'timeout' : 'unavailable', message }
}

/** The embedded engine's client carries its own copy of the error class. */
function hasEngineCode(error: unknown): error is { code: string } {
  return typeof error === 'object' && error !== null && 'code' in error && /^\d+$/.test(String(error.code))
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error)
  return (text.split('\n')[0] ?? '').slice(0, 500)
}
