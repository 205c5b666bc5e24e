import { readNumber, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import type { Delta } from '../shared/delta-stream.ts'
import type { Accumulator } from '../shared/observe-call.ts'
import { toMessageResponseAttributes } from './messages.ts'

const deltaFields = [
  ['text', 'text'],
  ['thinking', 'reasoning'],
  ['partial_json', 'arguments'],
] as const

interface GatheredBlock {
  head: ForeignRecord
  parts: string[]
}

/** Gathers a streamed message: usage comes in two halves, tool input as pieces of JSON. */
export function accumulateMessage(): Accumulator {
  let head: ForeignRecord = {}
  let usage: ForeignRecord = {}
  let stopReason: unknown
  const blocks = new Map<number, GatheredBlock>()
  return {
    add: (value) => {
      const event = readRecord(value)
      if (event === undefined) return undefined
      const index = readNumber(event['index']) ?? 0
      switch (event['type']) {
        case 'message_start':
          head = readRecord(event['message']) ?? {}
          usage = { ...readRecord(head['usage']) }
          return undefined
        case 'content_block_start':
          blocks.set(index, { head: readRecord(event['content_block']) ?? {}, parts: [] })
          return undefined
        case 'content_block_delta':
          return addDelta(blocks.get(index), readRecord(event['delta']))
        case 'message_delta':
          stopReason = readRecord(event['delta'])?.['stop_reason'] ?? stopReason
          usage = { ...usage, ...withoutNulls(readRecord(event['usage'])) }
          return undefined
        default:
          return undefined
      }
    },
    attributes: () => {
      const content = [...blocks].toSorted(([a], [b]) => a - b).map(([, block]) => toBlock(block))
      return toMessageResponseAttributes({ ...head, content, usage, stop_reason: stopReason })
    },
  }
}

function addDelta(block: GatheredBlock | undefined, delta: ForeignRecord | undefined): Delta | undefined {
  if (block === undefined || delta === undefined) return undefined
  for (const [field, channel] of deltaFields) {
    const text = readText(delta[field])
    if (text === undefined) continue
    block.parts.push(text)
    return text === '' ? undefined : { channel, text }
  }
  return undefined
}

function toBlock({ head, parts }: GatheredBlock): ForeignRecord {
  const text = parts.join('')
  switch (head['type']) {
    case 'text':
      return { ...head, text: (readText(head['text']) ?? '') + text }
    case 'thinking':
      return { ...head, thinking: (readText(head['thinking']) ?? '') + text }
    default:
      return text === '' ? head : { ...head, input: text }
  }
}

function withoutNulls(record: ForeignRecord | undefined): ForeignRecord {
  return Object.fromEntries(
    Object.entries(record ?? {}).filter(([, value]) => value !== null && value !== undefined),
  )
}
