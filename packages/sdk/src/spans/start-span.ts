import {
  ATTR_CLEW_SPAN_KIND,
  ATTR_INPUT_MIME_TYPE,
  ATTR_INPUT_VALUE,
  ATTR_LLM_MODEL_NAME,
  ATTR_LLM_PROVIDER,
  ATTR_OPENINFERENCE_SPAN_KIND,
  ATTR_TOOL_CALL_ID,
  ATTR_TOOL_NAME,
} from '@clew/semconv/attributes'
import { context as contextApi, SpanKind, trace } from '@opentelemetry/api'
import type { Attributes, Context, SpanOptions, Tracer } from '@opentelemetry/api'

import { getIdentity, setIdentity } from '../identity/identity-context.ts'
import { extendIdentity, hasIdentity } from '../identity/identity.ts'
import { sdkState } from '../provider/sdk-state.ts'
import { toAttribute } from '../values/to-attribute.ts'
import { limitText, toText } from '../values/to-text.ts'
import { SpanHandle } from './span-handle.ts'
import type { AgentSpanOptions, ManualSpanOptions } from './span-options.ts'
import { writeAttributes } from './write-attributes.ts'

export interface StartedSpan {
  handle: SpanHandle
  /** The context in which the span's work must run. */
  context: Context
}

/** Starts an AGENT span and its identity. */
export function startAgent(tracer: Tracer, options: AgentSpanOptions): StartedSpan {
  const parent = options.parentContext ?? contextApi.active()
  const identity = extendIdentity({ inherited: getIdentity(parent), own: options, agent: options })
  return start({
    tracer,
    name: options.spanName ?? options.agentName ?? options.agentId,
    context: setIdentity(parent, identity),
    options,
    attributes: { [ATTR_OPENINFERENCE_SPAN_KIND]: 'AGENT', ...identity },
  })
}

/** Starts a span of any other kind; `taskId` flows on like the rest of the identity. */
export function startManual(tracer: Tracer, options: ManualSpanOptions & { taskId?: string }): StartedSpan {
  const parent = options.parentContext ?? contextApi.active()
  const inherited = getIdentity(parent)
  const isNew = hasIdentity(options) || options.taskId !== undefined
  const identity = isNew ? extendIdentity({ inherited, own: options }) : inherited
  return start({
    tracer,
    name: options.spanName,
    context: isNew && identity !== undefined ? setIdentity(parent, identity) : parent,
    options,
    attributes: { ...kindAttributes(options.spanKind ?? 'CHAIN'), ...detailAttributes(options), ...identity },
  })
}

function start(args: {
  tracer: Tracer
  name: string
  context: Context
  options: AgentSpanOptions | ManualSpanOptions
  attributes: Attributes
}): StartedSpan {
  const { tracer, name, context, options, attributes } = args
  for (const [key, value] of Object.entries(options.attributes ?? {})) {
    const attribute = toAttribute(value)
    if (attribute !== undefined) attributes[key] = attribute
  }
  const spanOptions: SpanOptions = {
    kind: SpanKind.INTERNAL,
    attributes,
    ...(options.links === undefined ? {} : { links: options.links }),
    ...(options.startTime === undefined ? {} : { startTime: options.startTime }),
  }
  const span = tracer.startSpan(name, spanOptions, context)
  const input = toText(options.input)
  if (input !== undefined) {
    const text = limitText(input.text, sdkState().fieldLength)
    writeAttributes(span, { [ATTR_INPUT_VALUE]: text, [ATTR_INPUT_MIME_TYPE]: input.mime })
  }
  return { handle: new SpanHandle(span), context: trace.setSpan(context, span) }
}

/** OpenInference has no APPROVAL and TASK; its readers see a CHAIN. */
function kindAttributes(kind: string): Attributes {
  if (kind !== 'APPROVAL' && kind !== 'TASK') return { [ATTR_OPENINFERENCE_SPAN_KIND]: kind }
  return { [ATTR_OPENINFERENCE_SPAN_KIND]: 'CHAIN', [ATTR_CLEW_SPAN_KIND]: kind }
}

function detailAttributes(options: ManualSpanOptions): Attributes {
  const toolName = options.toolName ?? (options.spanKind === 'TOOL' ? options.spanName : undefined)
  return {
    ...(toolName === undefined ? {} : { [ATTR_TOOL_NAME]: toolName }),
    ...(options.toolCallId === undefined ? {} : { [ATTR_TOOL_CALL_ID]: options.toolCallId }),
    ...(options.model === undefined ? {} : { [ATTR_LLM_MODEL_NAME]: options.model }),
    ...(options.provider === undefined ? {} : { [ATTR_LLM_PROVIDER]: options.provider }),
  }
}
