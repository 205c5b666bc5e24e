import { toChunks } from './answer.ts'
import type { Answer, EventStream } from './answer.ts'
import { argumentsText } from './tokens.ts'

interface OutputText {
  type: 'output_text'
  text: string
  annotations: never[]
}

type OutputItem =
  | { type: 'reasoning'; id: string; summary: { type: 'summary_text'; text: string }[] }
  | { type: 'message'; id: string; role: 'assistant'; status: string; content: OutputText[] }
  | { type: 'function_call'; id: string; call_id: string; name: string; arguments: string; status: string }

/** The body of a response object. */
export function toResponse(answer: Answer): unknown {
  return { ...envelope(answer), status: 'completed', output: toOutput(answer), usage: toUsage(answer) }
}

/** Streams a response with its numbered events; a scripted failure ends in `response.failed`. */
export async function streamResponse(answer: Answer, stream: EventStream): Promise<void> {
  let sequence = 0
  const send = (type: string, fields: object): Promise<void> => {
    const event = { type, sequence_number: sequence, ...fields }
    sequence += 1
    return stream.send(event, type)
  }
  const started = { ...envelope(answer), status: 'in_progress', output: [], usage: null }
  await send('response.created', { response: started })
  await send('response.in_progress', { response: started })
  const { fault } = answer.reply
  if (fault?.kind === 'failed-response') {
    const error = { code: 'server_error', message: fault.message ?? 'The model failed.' }
    await send('response.failed', { response: { ...started, status: 'failed', error } })
    stream.end()
    return
  }
  for (const [index, item] of toOutput(answer).entries()) await streamItem({ item, index, send })
  await send('response.completed', { response: toResponse(answer) })
  stream.end()
}

async function streamItem(args: {
  item: OutputItem
  index: number
  send: (type: string, fields: object) => Promise<void>
}): Promise<void> {
  const { item, index, send } = args
  const at = { item_id: item.id, output_index: index }
  if (item.type === 'message') {
    await send('response.output_item.added', {
      output_index: index,
      item: { ...item, status: 'in_progress', content: [] },
    })
    for (const [part, content] of item.content.entries()) {
      const place = { ...at, content_index: part }
      await send('response.content_part.added', { ...place, part: { ...content, text: '' } })
      for (const delta of toChunks(content.text))
        await send('response.output_text.delta', { ...place, delta, logprobs: [] })
      await send('response.output_text.done', { ...place, text: content.text, logprobs: [] })
      await send('response.content_part.done', { ...place, part: content })
    }
  } else if (item.type === 'function_call') {
    await send('response.output_item.added', {
      output_index: index,
      item: { ...item, status: 'in_progress', arguments: '' },
    })
    for (const delta of item.arguments.match(/.{1,12}/gs) ?? [])
      await send('response.function_call_arguments.delta', { ...at, delta })
    await send('response.function_call_arguments.done', { ...at, name: item.name, arguments: item.arguments })
  } else {
    await send('response.output_item.added', { output_index: index, item: { ...item, summary: [] } })
  }
  await send('response.output_item.done', { output_index: index, item })
}

function toOutput(answer: Answer): OutputItem[] {
  const { reply, id } = answer
  const items: OutputItem[] = []
  if (reply.reasoning !== undefined) {
    items.push({
      type: 'reasoning',
      id: `rs_${id}`,
      summary: [{ type: 'summary_text', text: reply.reasoning }],
    })
  }
  if (reply.text !== undefined) {
    const content: OutputText[] = [{ type: 'output_text', text: reply.text, annotations: [] }]
    items.push({ type: 'message', id: `msg_${id}`, role: 'assistant', status: 'completed', content })
  }
  for (const [index, call] of (reply.toolCalls ?? []).entries()) {
    items.push({
      type: 'function_call',
      id: `fc_${id}${index}`,
      call_id: call.id ?? `call_${id}${index}`,
      name: call.name,
      arguments: argumentsText(call.arguments),
      status: 'completed',
    })
  }
  return items
}

function envelope(answer: Answer): { [key: string]: unknown } {
  const { request, reply } = answer
  return {
    id: `resp_${answer.id}`,
    object: 'response',
    created_at: answer.createdAtSeconds,
    model: reply.model ?? request.model,
    error: null,
    incomplete_details: null,
    instructions: request.body['instructions'] ?? null,
    metadata: {},
    parallel_tool_calls: true,
    temperature: request.body['temperature'] ?? 1,
    tool_choice: request.body['tool_choice'] ?? 'auto',
    tools: request.body['tools'] ?? [],
    top_p: 1,
    text: request.body['text'] ?? { format: { type: 'text' } },
  }
}

function toUsage(answer: Answer): unknown {
  const { input, output, cacheRead, reasoning } = answer.usage
  return {
    input_tokens: input,
    output_tokens: output,
    total_tokens: input + output,
    input_tokens_details: { cached_tokens: cacheRead },
    output_tokens_details: { reasoning_tokens: reasoning },
  }
}
