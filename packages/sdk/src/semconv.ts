import { Attr } from './attr.ts'

export * from '@clew/semconv/attributes'
export { SpanKindValues } from './spans/span-kinds.ts'
export type { SpanKindValue } from './spans/span-kinds.ts'

/** OpenInference's names, and ours beside them, by their constants. */
export const OpenInferenceAttribute: typeof Attr = Attr

/** Roles of messages. */
export const MessageRole = { System: 'system', User: 'user', Assistant: 'assistant', Tool: 'tool' } as const
