import { toChunks } from './answer.ts'
import type { Answer, EventStream } from './answer.ts'
import { argumentsText } from './tokens.ts'

type Block =
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'text'; text: string; citations: null }
  | { type: 'tool_use'; id: string; name: string; input: unknown }

/** The body of a message. */
export function toMessage(answer: Answer): unknown {
  return {
    ...envelope(answer),
    content: toBlocks(answer),
    stop_reason: stopReason(answer),
    stop_sequence: null,
    usage: { ...inputUsage(answer), output_tokens: answer.usage.output },
  }
}

/** Streams a message; usage is split over `message_start` and `message_delta` as the API does. */
export async function streamMessage(answer: Answer, stream: EventStream): Promise<void> {
  const send = (type: string, fields: object): Promise<void> => stream.send({ type, ...fields }, type)
  const usage = { ...inputUsage(answer), output_tokens: 1 }
  const start = { ...envelope(answer), content: [], stop_reason: null, stop_sequence: null, usage }
  await send('message_start', { message: start })
  await send('ping', {})
  for (const [index, block] of toBlocks(answer).entries()) {
    await send('content_block_start', { index, content_block: emptied(block) })
    for (const delta of toDeltas(block)) await send('content_block_delta', { index, delta })
    await send('content_block_stop', { index })
  }
  const delta = { stop_reason: stopReason(answer), stop_sequence: null }
  await send('message_delta', { delta, usage: { output_tokens: answer.usage.output } })
  await send('message_stop', {})
  stream.end()
}

function emptied(block: Block): Block {
  if (block.type === 'text') return { ...block, text: '' }
  if (block.type === 'thinking') return { ...block, thinking: '', signature: '' }
  return { ...block, input: {} }
}

function toDeltas(block: Block): object[] {
  if (block.type === 'text') return toChunks(block.text).map((text) => ({ type: 'text_delta', text }))
  if (block.type === 'thinking') {
    const thoughts = toChunks(block.thinking).map((thinking) => ({ type: 'thinking_delta', thinking }))
    return [...thoughts, { type: 'signature_delta', signature: block.signature }]
  }
  const parts = JSON.stringify(block.input).match(/.{1,12}/gs) ?? []
  return parts.map((part) => ({ type: 'input_json_delta', partial_json: part }))
}

function toBlocks(answer: Answer): Block[] {
  const { reply, id } = answer
  return [
    ...(reply.reasoning === undefined
      ? []
      : [{ type: 'thinking' as const, thinking: reply.reasoning, signature: 'c2ln' }]),
    ...(reply.text === undefined ? [] : [{ type: 'text' as const, text: reply.text, citations: null }]),
    ...(reply.toolCalls ?? []).map((call, index) => ({
      type: 'tool_use' as const,
      id: call.id ?? `toolu_${id}${index}`,
      name: call.name,
      input: JSON.parse(argumentsText(call.arguments)) as unknown,
    })),
  ]
}

function envelope(answer: Answer): object {
  return {
    id: `msg_${answer.id}`,
    type: 'message',
    role: 'assistant',
    model: answer.reply.model ?? answer.request.model,
  }
}

function stopReason(answer: Answer): string {
  if ((answer.reply.toolCalls?.length ?? 0) > 0) return 'tool_use'
  return answer.reply.finishReason === 'length' ? 'max_tokens' : 'end_turn'
}

/** The API counts cached tokens beside `input_tokens`, not within. */
function inputUsage(answer: Answer): object {
  const { input, cacheRead, cacheWrite } = answer.usage
  return {
    input_tokens: Math.max(0, input - cacheRead - cacheWrite),
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cacheRead,
    service_tier: 'standard',
  }
}
