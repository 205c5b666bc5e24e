import type { CanonicalSpan, Message, SpanKind, ToolCall } from '../span/canonical.ts'
import type { AttributeValue } from '../span/decoded.ts'

/** `gen_ai.operation.name` of the kinds that the conventions know. */
const operations: { readonly [kind in SpanKind]?: string } = {
  AGENT: 'invoke_agent',
  LLM: 'chat',
  TOOL: 'execute_tool',
  EMBEDDING: 'embeddings',
  RETRIEVER: 'retrieval',
}

type Attributes = { [key: string]: AttributeValue }

/**
 * A span in the words of the GenAI semantic conventions (v1.41), whatever dialect it came in. What only its own
 * dialect knows is kept as it was; keys that a convention's word now stands for are left out. Its scope is ours, or
 * readers would apply the rules of the instrumentation that it came from; that one is named in `otel.scope.*`.
 */
export function asGenAi(span: CanonicalSpan): CanonicalSpan {
  const { scopeVersion, sources: _sources, ...rest } = span
  const attributes = toAttributes(span)
  attributes['otel.scope.name'] = span.scope
  put(attributes, 'otel.scope.version', scopeVersion)
  return { ...rest, ...toStatus(span), scope: 'clew.export', attributes }
}

/** Some instrumentations tell of a failure in ways of their own and leave the status alone. */
function toStatus({ status, statusMessage, errorMessage, otlp }: CanonicalSpan): Partial<CanonicalSpan> {
  if (status !== 'error') return {}
  const message = statusMessage ?? errorMessage
  return {
    otlp: { kind: 0, ...otlp, statusCode: 2 },
    ...(message === undefined ? {} : { statusMessage: message }),
  }
}

function toAttributes(span: CanonicalSpan): Attributes {
  const out: Attributes = Object.create(null)
  const stands = readSourceKeys(span)
  for (const [key, value] of Object.entries(span.attributes)) if (!stands(key)) out[key] = value
  putModel(out, span)
  putIdentity(out, span)
  putContent(out, span)
  put(out, 'error.type', span.errorType)
  return out
}

/** Keys, and the beginnings of flat keys, that canonical fields were read from. */
function readSourceKeys({ sources = {} }: CanonicalSpan): (key: string) => boolean {
  const keys = new Set(Object.values(sources).map((source) => source.slice(0, source.lastIndexOf('#'))))
  return (key) => {
    if (keys.has(key)) return true
    for (let dot = key.indexOf('.'); dot !== -1; dot = key.indexOf('.', dot + 1)) {
      if (/^\d/.test(key.slice(dot + 1)) && keys.has(key.slice(0, dot))) return true
    }
    return false
  }
}

function putModel(out: Attributes, span: CanonicalSpan): void {
  const { usage } = span
  put(out, 'gen_ai.operation.name', operations[span.kind])
  put(out, 'gen_ai.provider.name', span.provider)
  put(out, 'gen_ai.request.model', span.requestModel)
  put(out, 'gen_ai.response.model', span.model)
  if (span.finishReason !== undefined) out['gen_ai.response.finish_reasons'] = [span.finishReason]
  count(out, 'gen_ai.usage.input_tokens', usage?.input)
  count(out, 'gen_ai.usage.output_tokens', usage?.output)
  count(out, 'gen_ai.usage.cache_read.input_tokens', usage?.cacheRead)
  count(out, 'gen_ai.usage.cache_creation.input_tokens', usage?.cacheWrite)
  count(out, 'gen_ai.usage.reasoning.output_tokens', usage?.reasoning)
  if (span.cost?.source === 'reported' && span.cost.total !== undefined) {
    out['gen_ai.usage.cost'] = span.cost.total
  }
}

function putIdentity(out: Attributes, span: CanonicalSpan): void {
  put(out, 'gen_ai.conversation.id', span.sessionId)
  put(out, 'user.id', span.userId)
  put(out, 'gen_ai.agent.id', span.agent?.id)
  put(out, 'gen_ai.agent.name', span.agent?.name)
  put(out, 'gen_ai.agent.version', span.agent?.version)
  put(out, 'gen_ai.tool.name', span.tool?.name)
  put(out, 'gen_ai.tool.call.id', span.tool?.callId)
  put(out, 'gen_ai.tool.call.arguments', span.tool?.arguments)
  put(out, 'gen_ai.tool.call.result', span.tool?.result)
}

/** Where a span has text and no messages, the text is the one message. */
function putContent(out: Attributes, span: CanonicalSpan): void {
  if (span.kind === 'TOOL') return
  const input = span.inputMessages ?? asMessages('user', span.input)
  const output = span.outputMessages ?? asMessages('assistant', span.output)
  if (input !== undefined) out['gen_ai.input.messages'] = JSON.stringify(input.map(toGenAiMessage))
  if (output !== undefined) out['gen_ai.output.messages'] = JSON.stringify(output.map(toGenAiMessage))
}

function asMessages(role: string, content: string | undefined): Message[] | undefined {
  return content === undefined ? undefined : [{ role, content }]
}

function toGenAiMessage({ role, name, content, reasoning, toolCallId, toolCalls = [] }: Message) {
  return {
    role: role ?? 'user',
    ...(name === undefined ? {} : { name }),
    parts: [
      ...(reasoning === undefined ? [] : [{ type: 'reasoning', content: reasoning }]),
      ...(content === undefined ? [] : [toContentPart(content, toolCallId)]),
      ...toolCalls.map(toCallPart),
    ],
  }
}

function toContentPart(content: string, toolCallId: string | undefined) {
  return toolCallId === undefined
    ? { type: 'text', content }
    : { type: 'tool_call_response', id: toolCallId, response: content }
}

function toCallPart({ id, name, arguments: given }: ToolCall) {
  return {
    type: 'tool_call',
    ...(id === undefined ? {} : { id }),
    name,
    ...(given === undefined ? {} : { arguments: given }),
  }
}

function put(out: Attributes, key: string, value: string | undefined): void {
  if (value !== undefined) out[key] = value
}

function count(out: Attributes, key: string, value: number | undefined): void {
  if (value !== undefined) out[key] = BigInt(Math.trunc(value))
}
