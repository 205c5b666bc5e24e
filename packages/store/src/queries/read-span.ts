import type { WireSpan } from '@clew/semconv/span'
import type { ProjectScope } from './scope.ts'
import type { Store } from '../store.ts'

/** One span with all of its content. */
export async function readSpan(store: Store, args: ProjectScope & { traceId: string; spanId: string }): Promise<WireSpan | undefined> {
  void args
  void store
  throw new Error('readSpan is not built yet')
}
