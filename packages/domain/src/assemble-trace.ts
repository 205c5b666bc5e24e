import { openToolCalls } from '@clew/semconv/normalise'
import type { CanonicalLog, JsonValue, WireSpan } from '@clew/semconv/span'
import { inherit } from './inherit.ts'
import { joinLogs } from './join-logs.ts'
import { markClockSkew } from './mark-clock-skew.ts'
import { markDuplicates } from './mark-duplicates.ts'
import type { RunSummary } from './run.ts'
import { settleStates } from './settle-states.ts'
import { summariseTrace } from './summarise-trace.ts'
import { type TraceTree, buildTraceTree } from './trace-tree.ts'

/**
 * All spans and logs of one trace as a run: one span per id in the order of start, content joined from
 * logs, identity inherited, duplicates marked, totals counted once. Linear but for the sort; missing
 * parents and cycles are tolerated. `now` (epoch ms) lets spans that will never end count as lost; without
 * it nothing depends on the clock. The given spans are not changed.
 */
export function assembleTrace(input: {
  spans: readonly WireSpan[]
  logs?: readonly CanonicalLog<JsonValue>[]
  now?: number
}): { trace: RunSummary; spans: WireSpan[] } {
  const tree = buildTraceTree(input.spans.map((span) => ({ ...span })))
  markMissingParents(tree)
  joinLogs(new Map(tree.nodes.map((node) => [node.span.spanId, node.span])), input.logs ?? [])
  takeMessagesFromParent(tree)
  inherit(tree)
  markDuplicates(tree)
  markClockSkew(tree)
  if (input.now !== undefined) settleStates(tree, input.now)
  const trace = summariseTrace({ tree, ...(input.now === undefined ? {} : { now: input.now }) })
  return { trace, spans: tree.nodes.map((node) => node.span) }
}

function markMissingParents(tree: TraceTree): void {
  for (const { span } of tree.roots) if (span.parentSpanId !== undefined) span.parentMissing = true
}

/** Mastra leaves what a model call was asked, and which tools it called, on the step around it. */
function takeMessagesFromParent(tree: TraceTree): void {
  for (const { span, parent } of tree.nodes) {
    const step = parent?.span
    if (span.dialect !== 'mastra' || span.kind !== 'LLM' || step?.dialect !== 'mastra') continue
    const sources: { [field: string]: string } = { ...span.sources }
    if (span.inputMessages === undefined && step.inputMessages !== undefined) {
      span.inputMessages = step.inputMessages
      sources['inputMessages'] = fromParent(step, 'inputMessages')
    }
    const calls = span.outputToolCalls === undefined ? openToolCalls(step.outputMessages) : undefined
    if (calls !== undefined) {
      span.outputToolCalls = calls
      sources['outputToolCalls'] = fromParent(step, 'outputMessages')
    }
    span.sources = sources
  }
}

function fromParent(parent: WireSpan, field: string): string {
  const source = parent.sources?.[field] ?? `${field}#`
  return `${source.slice(0, source.lastIndexOf('#'))}#from-parent`
}
