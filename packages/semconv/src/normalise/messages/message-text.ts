import type { Message, ToolCall } from '../../span/canonical.ts'

/** The content of the last message with that role; a tool's result in the user's name is none. */
export function lastContent(messages: readonly Message[] | undefined, role: string): string | undefined {
  if (messages === undefined) return undefined
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at]
    if (message?.content === undefined || message.toolCallId !== undefined) continue
    if ((message.role ?? role) === role) return message.content
  }
  return undefined
}

/** The tool calls that nobody answered within the same messages: what the model asks for now. */
export function openToolCalls(messages: readonly Message[] | undefined): ToolCall[] | undefined {
  if (messages === undefined) return undefined
  const answered = new Set<string>()
  for (const message of messages) if (message.toolCallId !== undefined) answered.add(message.toolCallId)
  const open: ToolCall[] = []
  for (const message of messages) {
    for (const call of message.toolCalls ?? []) {
      if (call.id === undefined || !answered.has(call.id)) open.push(call)
    }
  }
  return open.length === 0 ? undefined : open
}
