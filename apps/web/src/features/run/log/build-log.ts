import type { JsonValue } from '@clew/semconv/span'
import type { Run } from '@clew/domain'
import { nodeLabel } from '@clew/domain/story'
import type { RunModel, RunNode } from '@clew/domain/story'

export type LogTone = 'plain' | 'warn' | 'fail'

export interface LogLine {
  /** Milliseconds after the run's start. */
  atMs: number
  /** The span that it belongs to; absent for records that name none. */
  node: RunNode | undefined
  source: string
  name: string
  text: string
  tone: LogTone
  attributes: { [key: string]: JsonValue }
}

/** Pieces of a streamed answer are shown where they are written, not as lines of a log. */
const streamedPiece = 'clew.delta'

/** Span events and log records in the order of time. */
export function buildLog(run: Run, model: RunModel): LogLine[] {
  const lines: LogLine[] = []
  for (const node of model.nodes) {
    for (const event of node.span.events) {
      lines.push({
        atMs: toOffset(event.timeUnixNano, model),
        node,
        source: nodeLabel(node),
        name: event.name,
        text: textOfEvent({ ...event, message: node.span.errorMessage }),
        tone: event.name === 'exception' ? 'fail' : 'plain',
        attributes: event.attributes,
      })
    }
  }
  for (const log of run.logs) {
    if (log.eventName === streamedPiece) continue
    const node = log.spanId === undefined ? undefined : model.byId.get(log.spanId)
    lines.push({
      atMs: toOffset(log.timeUnixNano, model),
      node,
      source: node === undefined ? log.scope : nodeLabel(node),
      name: log.task?.kind ?? log.eventName ?? log.severity?.toLowerCase() ?? 'log',
      text: log.task?.line ?? textOfBody(log.body) ?? textOfAttributes(log.attributes),
      tone: toneOf(log.severity),
      attributes: log.attributes,
    })
  }
  return lines.toSorted((a, b) => a.atMs - b.atMs)
}

function toOffset(unixNano: string, model: RunModel): number {
  const startNano = BigInt(Math.round(model.startEpochMs * 1000)) * 1000n
  return Number((BigInt(unixNano) - startNano) / 1000n) / 1000
}

/** Event bodies are content and stay behind in a list; the span still knows its message. */
function textOfEvent(event: {
  name: string
  attributes: { [key: string]: JsonValue }
  message: string | undefined
}): string {
  const { name, attributes } = event
  if (name === 'exception') {
    const type = attributes['exception.type']
    const message = attributes['exception.message'] ?? event.message
    return [type, message]
      .flatMap((part) => (typeof part === 'string' && part !== '' ? [part] : []))
      .join(': ')
  }
  return textOfAttributes(attributes, name)
}

function textOfBody(body: JsonValue | undefined): string | undefined {
  if (body === undefined || body === null) return undefined
  return typeof body === 'string' ? body : JSON.stringify(body)
}

/** `clew.policy.result` of the event `clew.policy` reads as `result`. */
function textOfAttributes(attributes: { [key: string]: JsonValue }, eventName = ''): string {
  const prefix = `${eventName}.`
  return Object.entries(attributes)
    .map(([key, value]) => {
      const name = key.startsWith(prefix) ? key.slice(prefix.length) : key
      return `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`
    })
    .join(' ')
}

function toneOf(severity: string | undefined): LogTone {
  const level = severity?.toUpperCase() ?? ''
  if (level.startsWith('ERROR') || level.startsWith('FATAL')) return 'fail'
  return level.startsWith('WARN') ? 'warn' : 'plain'
}
