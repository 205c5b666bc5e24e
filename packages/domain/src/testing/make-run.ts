import type { Run, RunSummary } from '../run.ts'
import type { WireSpan } from '@clew/semconv/span'

const startMs = 1_795_183_331_000

/** A span for tests; `at` and `for` are milliseconds after the run's start, no `for` means still running. */
export type SpanSketch = Partial<WireSpan> & { id: string; in?: string; at: number; for?: number }

/** A run for tests, from as little as matters to the test. */
export function makeRun(sketches: readonly SpanSketch[], trace: Partial<RunSummary> = {}): Run {
  return { trace: { ...makeTrace(sketches), ...trace }, spans: sketches.map(toSpan), logs: [] }
}

function makeTrace(sketches: readonly SpanSketch[]): RunSummary {
  const isRunning = sketches.some((sketch) => sketch.for === undefined)
  const end = Math.max(0, ...sketches.map((sketch) => sketch.at + (sketch.for ?? 0)))
  return {
    traceId: '7f3a9c1e7f3a9c1e7f3a9c1e7f3a9c1e',
    name: 'run',
    status: isRunning ? 'running' : 'ok',
    hasError: sketches.some((sketch) => sketch.status === 'error'),
    startTimeUnixNano: toNano(0),
    ...(isRunning ? {} : { endTimeUnixNano: toNano(end) }),
    durationNs: String(end * 1e6),
    spanCount: sketches.length,
    errorCount: 0,
    llmCount: 0,
    toolCount: 0,
    agents: [],
    models: [],
    tools: [],
    sessionIds: [],
    userIds: [],
    tags: [],
    unpricedModels: [],
  }
}

function toSpan(sketch: SpanSketch): WireSpan {
  const { id, in: parent, at, for: lasts, ...fields } = sketch
  return {
    traceId: '7f3a9c1e7f3a9c1e7f3a9c1e7f3a9c1e',
    spanId: id,
    ...(parent === undefined ? {} : { parentSpanId: parent }),
    name: id,
    kind: 'CHAIN',
    scope: 'test',
    dialect: 'clew',
    state: lasts === undefined ? 'running' : 'ended',
    startTimeUnixNano: toNano(at),
    ...(lasts === undefined ? {} : { endTimeUnixNano: toNano(at + lasts), durationNs: String(lasts * 1e6) }),
    status: 'unset',
    attributes: {},
    resource: {},
    events: [],
    links: [],
    ...fields,
  }
}

function toNano(offsetMs: number): string {
  return (BigInt(startMs) * 1_000_000n + BigInt(Math.round(offsetMs * 1000)) * 1000n).toString()
}
