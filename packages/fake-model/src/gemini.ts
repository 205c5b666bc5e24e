import { toChunks } from './answer.ts'
import type { Answer, EventStream } from './answer.ts'

/** The body of `generateContent`. */
export function toGenerated(answer: Answer): unknown {
  return chunk({ answer, parts: toParts(answer), last: true })
}

/** Streams `streamGenerateContent?alt=sse`. */
export async function streamGenerated(answer: Answer, stream: EventStream): Promise<void> {
  const texts = toChunks(answer.reply.text ?? '').map((text) => [{ text }])
  const { text: _text, ...withoutText } = answer.reply
  const calls = toParts({ ...answer, reply: withoutText })
  const pieces: unknown[][] = calls.length > 0 ? [...texts, calls] : texts
  for (const [index, parts] of pieces.entries())
    await stream.send(chunk({ answer, parts, last: index === pieces.length - 1 }))
  stream.end()
}

function toParts(answer: Answer): unknown[] {
  const { text, reasoning, toolCalls } = answer.reply
  return [
    ...(reasoning === undefined ? [] : [{ text: reasoning, thought: true }]),
    ...(text === undefined ? [] : [{ text }]),
    ...(toolCalls ?? []).map((call) => ({ functionCall: { name: call.name, args: call.arguments } })),
  ]
}

function chunk(args: { answer: Answer; parts: unknown[]; last: boolean }): unknown {
  const { usage, reply, request, id } = args.answer
  return {
    responseId: id,
    modelVersion: reply.model ?? request.model,
    candidates: [
      {
        index: 0,
        content: { role: 'model', parts: args.parts },
        ...(args.last ? { finishReason: reply.finishReason === 'length' ? 'MAX_TOKENS' : 'STOP' } : {}),
      },
    ],
    usageMetadata: {
      promptTokenCount: usage.input,
      candidatesTokenCount: usage.output - usage.reasoning,
      thoughtsTokenCount: usage.reasoning,
      cachedContentTokenCount: usage.cacheRead,
      totalTokenCount: usage.input + usage.output,
    },
  }
}
