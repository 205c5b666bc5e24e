import type { RunSummary } from '@clew/domain'
import type { CanonicalSpan } from '@clew/semconv/span'
import { toWireSpan } from '@clew/semconv/span'
import type { AssembledTrace, RowOwner } from '../insert/batch.ts'
import { ago, testOwner, testSpanId, testTraceId } from './build-span.ts'

export function buildRun(overrides: Partial<RunSummary> = {}): RunSummary {
  return {
    traceId: testTraceId(1),
    name: 'answer',
    status: 'ok',
    hasError: false,
    rootSpanId: testSpanId(1),
    startTimeUnixNano: ago(60_000),
    durationNs: '1000000000',
    spanCount: 1,
    errorCount: 0,
    llmCount: 1,
    toolCount: 0,
    agents: [],
    models: [],
    tools: [],
    sessionIds: [],
    userIds: [],
    tags: [],
    unpricedModels: [],
    ...overrides,
  }
}

export function buildAssembled(
  trace: Partial<RunSummary>,
  spans: readonly CanonicalSpan[] = [],
  owner: RowOwner = testOwner(),
): AssembledTrace {
  return { owner, trace: buildRun(trace), spans: spans.map(toWireSpan) }
}
