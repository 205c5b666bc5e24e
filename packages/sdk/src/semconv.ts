export * from '@clew/semconv/attributes'
export { SpanKindValues } from './spans/span-kinds.ts'
export type { SpanKindValue } from './spans/span-kinds.ts'

/** Roles of messages. */
export const MessageRole = { System: 'system', User: 'user', Assistant: 'assistant', Tool: 'tool' } as const
