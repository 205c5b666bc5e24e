import { readNumber, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import type { Accumulator } from '../shared/observe-call.ts'
import { toMessageResponseAttributes } from './messages.ts'

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
      if (event === undefined) return false
      const index = readNumber(event['index']) ?? 0
      switch (event['type']) {
        case 'message_start':
          head = readRecord(event['message']) ?? {}
          usage = { ...readRecord(head['usage']) }
          return false
        case 'content_block_start':
          blocks.set(index, { head: readRecord(event['content_block']) ?? {}, parts: [] })
          return false
        case 'content_block_delta':
          return addDelta(blocks.get(index), readRecord(event['delta']))
        case 'message_delta':
          stopReason = readRecord(event['delta'])?.['stop_reason'] ?? stopReason
          usage = { ...usage, ...withoutNulls(readRecord(event['usage'])) }
          return false
        default:
          return false
      }
    },
    attributes: () => {
      const content = [...blocks].toSorted(([a], [b]) => a - b).map(([, block]) => toBlock(block))
      return toMessageResponseAttributes({ ...head, content, usage, stop_reason: stopReason })
    },
  }
}

function addDelta(block: GatheredBlock | undefined, delta: ForeignRecord | undefined): boolean {
  const part = readText(delta?.['text']) ?? readText(delta?.['thinking']) ?? readText(delta?.['partial_json'])
  if (block === undefined || part === undefined) return false
  block.parts.push(part)
  return part !== ''
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
