import type { FakeReply } from './reply.ts'
import type { FakeRequest } from './request.ts'

/** Calls the first tool once, then answers; structured output gets `{"answer":42}`. */
export function defaultScript(request: FakeRequest): FakeReply {
  const [tool] = request.toolNames
  if (tool !== undefined && request.turns.every((turn) => turn.toolResults.length === 0)) {
    return { toolCalls: [{ name: tool, arguments: { id: 42 } }] }
  }
  const wantsJson =
    'response_format' in request.body || JSON.stringify(request.body['text'] ?? '').includes('json_schema')
  return { text: wantsJson ? '{"answer":42}' : 'Order 42 is refunded.' }
}
