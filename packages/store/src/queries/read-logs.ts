import type { CanonicalLog, JsonValue } from '@clew/semconv/span'
import type { ProjectScope } from './scope.ts'
import type { Store } from '../store.ts'

/** The log records of the traces in order of time. */
export async function readLogs(
  store: Store,
  args: ProjectScope & { traceIds: readonly string[] },
): Promise<CanonicalLog<JsonValue>[]> {
  void args
  void store
  throw new Error('readLogs is not built yet')
}
