import { sendJson, toChunks } from './answer.ts'
import type { Answer, EventStream } from './answer.ts'
import { asRecord } from './json.ts'
import { argumentsText } from './tokens.ts'

/** The body of a chat completion. */
export function toChatCompletion(answer: Answer): unknown {
  const { reply, request } = answer
  const calls = toToolCalls(answer)
  const first = {
    role: 'assistant',
    content: reply.text ?? null,
    refusal: null,
    ...(reply.reasoning === undefined ? {} : { reasoning_content: reply.reasoning }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  }
  const others = (reply.alternatives ?? []).map((content) => ({ role: 'assistant', content, refusal: null }))
  return {
    ...base(answer),
    object: 'chat.completion',
    choices: [first, ...others].map((message, index) => ({
      index,
      message,
      logprobs: null,
      finish_reason: index === 0 ? finishReason(answer) : 'stop',
    })),
    usage: toUsage(answer),
    service_tier: request.body['service_tier'] ?? 'default',
  }
}

/** Streams a chat completion; usage comes last and only when `stream_options.include_usage` asks for it. */
export async function streamChatCompletion(answer: Answer, stream: EventStream): Promise<void> {
  const { reply, request } = answer
  const send = (choices: unknown[], extra: object = {}): Promise<void> =>
    stream.send({ ...base(answer), object: 'chat.completion.chunk', choices, ...extra })
  const texts = [reply.text, ...(reply.alternatives ?? [])]
  for (const index of texts.keys())
    await send([{ index, delta: { role: 'assistant', content: '' }, finish_reason: null }])
  for (const part of toChunks(reply.reasoning ?? ''))
    await send([{ index: 0, delta: { reasoning_content: part }, finish_reason: null }])
  for (const [index, text] of texts.entries()) {
    for (const part of toChunks(text ?? ''))
      await send([{ index, delta: { content: part }, finish_reason: null }])
  }
  for (const [index, call] of toToolCalls(answer).entries()) {
    const { arguments: text, name } = call.function
    const head = { index, id: call.id, type: 'function', function: { name, arguments: '' } }
    await send([{ index: 0, delta: { tool_calls: [head] }, finish_reason: null }])
    for (const part of text.match(/.{1,12}/gs) ?? []) {
      await send([
        { index: 0, delta: { tool_calls: [{ index, function: { arguments: part } }] }, finish_reason: null },
      ])
    }
  }
  for (const index of texts.keys()) {
    await send([{ index, delta: {}, finish_reason: index === 0 ? finishReason(answer) : 'stop' }])
  }
  if (asRecord(request.body['stream_options'])['include_usage'] === true)
    await send([], { usage: toUsage(answer) })
  await stream.send('[DONE]')
  stream.end()
}

/** Answers an embeddings request in the encoding that it asks for. */
export function sendEmbeddings(answer: Answer, response: Parameters<typeof sendJson>[0]['response']): void {
  const { request, reply, usage } = answer
  const input = request.body['input']
  const count = Array.isArray(input) && typeof input[0] !== 'number' ? input.length : 1
  const vectors = reply.embeddings ?? Array.from({ length: count }, (_, index) => toVector(index))
  const asBase64 = request.body['encoding_format'] === 'base64'
  const data = vectors.map((vector, index) => ({
    object: 'embedding',
    index,
    embedding: asBase64 ? Buffer.from(Float32Array.from(vector).buffer).toString('base64') : vector,
  }))
  const tokens = { prompt_tokens: usage.input, total_tokens: usage.input }
  sendJson({ response, status: 200, body: { object: 'list', model: request.model, data, usage: tokens } })
}

function base(answer: Answer): { id: string; created: number; model: string; system_fingerprint: string } {
  const model = answer.reply.model ?? answer.request.model
  return {
    id: `chatcmpl-${answer.id}`,
    created: answer.createdAtSeconds,
    model,
    system_fingerprint: 'fp_fake',
  }
}

interface ChatToolCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

function toToolCalls(answer: Answer): ChatToolCall[] {
  return (answer.reply.toolCalls ?? []).map((call, index) => ({
    id: call.id ?? `call_${answer.id}${index}`,
    type: 'function',
    function: { name: call.name, arguments: argumentsText(call.arguments) },
  }))
}

function finishReason(answer: Answer): string {
  return answer.reply.finishReason ?? ((answer.reply.toolCalls?.length ?? 0) > 0 ? 'tool_calls' : 'stop')
}

function toUsage(answer: Answer): unknown {
  const { input, output, cacheRead, reasoning } = answer.usage
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cacheRead, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: reasoning, audio_tokens: 0 },
  }
}

function toVector(seed: number): number[] {
  return Array.from({ length: 8 }, (_, index) => Math.sin(seed * 8 + index + 1) / 2)
}
