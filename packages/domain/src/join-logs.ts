import { isMessageEvent, lastContent, openToolCalls, readEventMessages } from '@clew/semconv/normalise'
import type { CanonicalLog, JsonValue, Message, WireSpan } from '@clew/semconv/span'
import { joinClaudeCodeLogs } from './join-claude-code-logs.ts'
import { compareNanos } from './trace-tree.ts'

/**
 * Adds to spans the content that emitters put into log records: messages of model calls by span id, and
 * what Claude Code says only in its logs. The given spans are the assembly's own and are filled in place.
 */
export function joinLogs(
  spans: ReadonlyMap<string, WireSpan>,
  logs: readonly CanonicalLog<JsonValue>[],
): void {
  if (logs.length === 0) return
  const ordered = logs.toSorted((a, b) => compareNanos(a.timeUnixNano, b.timeUnixNano))
  joinMessages(spans, ordered)
  joinClaudeCodeLogs(spans, ordered)
}

interface Joined {
  input: Message[]
  output: Message[]
  finishReason?: string
  eventName: string
}

function joinMessages(spans: ReadonlyMap<string, WireSpan>, logs: readonly CanonicalLog<JsonValue>[]): void {
  const bySpan = new Map<string, Joined>()
  for (const log of logs) {
    const { eventName, spanId } = log
    if (eventName === undefined || spanId === undefined || !isMessageEvent(eventName)) continue
    const found = readEventMessages({
      name: eventName,
      attributes: log.attributes,
      ...(log.body === undefined ? {} : { body: log.body }),
    })
    const joined = bySpan.get(spanId) ?? { input: [], output: [], eventName }
    bySpan.set(spanId, joined)
    joined.input.push(...found.input)
    joined.output.push(...found.output)
  }
  for (const [spanId, joined] of bySpan) {
    const span = spans.get(spanId)
    if (span !== undefined) fill(span, joined)
  }
}

function fill(span: WireSpan, joined: Joined): void {
  const source = `${joined.eventName}#log`
  const sources: { [field: string]: string } = { ...span.sources }
  if (span.inputMessages === undefined && joined.input.length > 0) {
    span.inputMessages = joined.input
    sources['inputMessages'] = source
    const text = lastContent(joined.input, 'user')
    if (span.input === undefined && text !== undefined) {
      span.input = text
      sources['input'] = source
    }
  }
  if (span.outputMessages === undefined && joined.output.length > 0) {
    span.outputMessages = joined.output
    sources['outputMessages'] = source
    const calls = openToolCalls(joined.output)
    if (calls !== undefined) span.outputToolCalls ??= calls
    const text = lastContent(joined.output, 'assistant')
    if (span.output === undefined && text !== undefined) {
      span.output = text
      sources['output'] = source
    }
  }
  span.sources = sources
}
