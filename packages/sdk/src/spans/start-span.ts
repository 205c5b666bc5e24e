import {
  ATTR_CLEW_SPAN_KIND,
  ATTR_INPUT_MIME_TYPE,
  ATTR_INPUT_VALUE,
  ATTR_LLM_MODEL_NAME,
  ATTR_LLM_PROVIDER,
  ATTR_METADATA,
  ATTR_OPENINFERENCE_SPAN_KIND,
  ATTR_TOOL_CALL_ID,
  ATTR_TOOL_NAME,
} from '@clew/semconv/attributes'
import { SpanKind, trace } from '@opentelemetry/api'
import type { Attributes, Context, SpanOptions, Tracer } from '@opentelemetry/api'

import { getIdentity, setIdentity } from '../identity/identity-context.ts'
import { extendIdentity, hasIdentity } from '../identity/identity.ts'
import { activeContext, sdkState } from '../provider/sdk-state.ts'
import { toAttribute } from '../values/to-attribute.ts'
import { setDefined } from '../values/set-defined.ts'
import { limitText, toJson, toText } from '../values/to-text.ts'
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
  const parent = options.parentContext ?? activeContext()
  const identity = extendIdentity({ inherited: getIdentity(parent), own: options, agent: options })
  const attributes: Attributes = { [ATTR_OPENINFERENCE_SPAN_KIND]: 'AGENT' }
  return start({
    tracer,
    name: options.spanName ?? options.agentName ?? options.agentId,
    context: setIdentity(parent, identity),
    options,
    attributes: Object.assign(attributes, identity),
  })
}

/** Starts a span of any other kind; `taskId` flows on like the rest of the identity. */
export function startManual(tracer: Tracer, options: ManualSpanOptions & { taskId?: string }): StartedSpan {
  const parent = options.parentContext ?? activeContext()
  const inherited = getIdentity(parent)
  const isNew = hasIdentity(options) || options.taskId !== undefined
  const identity = isNew ? extendIdentity({ inherited, own: options }) : inherited
  const attributes = kindAttributes(options.spanKind ?? 'CHAIN')
  const toolName = options.toolName ?? (options.spanKind === 'TOOL' ? options.spanName : undefined)
  setDefined(attributes, ATTR_TOOL_NAME, toolName)
  setDefined(attributes, ATTR_TOOL_CALL_ID, options.toolCallId)
  setDefined(attributes, ATTR_LLM_MODEL_NAME, options.model)
  setDefined(attributes, ATTR_LLM_PROVIDER, options.provider)
  return start({
    tracer,
    name: options.spanName,
    context: isNew && identity !== undefined ? setIdentity(parent, identity) : parent,
    options,
    attributes: identity === undefined ? attributes : Object.assign(attributes, identity),
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
  for (const key in options.attributes) setDefined(attributes, key, toAttribute(options.attributes[key]))
  if (options.metadata !== undefined) attributes[ATTR_METADATA] = toJson(options.metadata)
  const input = toText(options.input)
  if (input !== undefined && sdkState().attached?.isOwn !== false) addInput(attributes, input)
  const spanOptions: SpanOptions = { kind: SpanKind.INTERNAL, attributes }
  if (options.links !== undefined) spanOptions.links = options.links
  if (options.startTime !== undefined) spanOptions.startTime = options.startTime
  const span = tracer.startSpan(name, spanOptions, context)
  if (input !== undefined && sdkState().attached?.isOwn === false) writeAttributes(span, addInput({}, input))
  return { handle: new SpanHandle(span), context: trace.setSpan(context, span) }
}

function addInput(attributes: Attributes, input: { text: string; mime: string }): Attributes {
  attributes[ATTR_INPUT_VALUE] = limitText(input.text, sdkState().fieldLength)
  attributes[ATTR_INPUT_MIME_TYPE] = input.mime
  return attributes
}

/** OpenInference has no APPROVAL and TASK; its readers see a CHAIN. */
function kindAttributes(kind: string): Attributes {
  if (kind !== 'APPROVAL' && kind !== 'TASK') return { [ATTR_OPENINFERENCE_SPAN_KIND]: kind }
  return { [ATTR_OPENINFERENCE_SPAN_KIND]: 'CHAIN', [ATTR_CLEW_SPAN_KIND]: kind }
}
