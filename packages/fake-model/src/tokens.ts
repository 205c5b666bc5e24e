import type { FakeReply, FakeUsage } from './reply.ts'
import type { FakeRequest } from './request.ts'

export type CountedUsage = Required<FakeUsage>

/** About four characters a token, as the large tokenizers average on English. */
export function countTokens(text: string): number {
  return text.length === 0 ? 0 : Math.max(1, Math.ceil(text.length / 4))
}

/** The usage of one answer: what the script states, the rest counted from text lengths. */
export function countUsage(args: { request: FakeRequest; reply: FakeReply }): CountedUsage {
  const { request, reply } = args
  const stated = reply.usage ?? {}
  const reasoning = stated.reasoning ?? countTokens(reply.reasoning ?? '')
  const said = [reply.text ?? '', ...(reply.alternatives ?? [])].reduce(
    (sum, text) => sum + countTokens(text),
    0,
  )
  const called = (reply.toolCalls ?? []).reduce(
    (sum, call) => sum + 8 + countTokens(argumentsText(call.arguments)),
    0,
  )
  return {
    input: stated.input ?? countTokens(request.promptText) + 3 * request.turns.length,
    output: stated.output ?? said + called + reasoning,
    cacheRead: stated.cacheRead ?? 0,
    cacheWrite: stated.cacheWrite ?? 0,
    reasoning,
  }
}

/** A tool call's arguments as the APIs carry them. */
export function argumentsText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? {})
}
