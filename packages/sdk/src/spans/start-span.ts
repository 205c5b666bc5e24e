import {
  ATTR_CLEW_SPAN_KIND,
  ATTR_LLM_MODEL_NAME,
  ATTR_LLM_PROVIDER,
  ATTR_METADATA,
  ATTR_OPENINFERENCE_SPAN_KIND,
  ATTR_TOOL_CALL_ID,
  ATTR_TOOL_NAME,
} from '@clew/semconv/attributes'
import type { Attributes, Context, Span, SpanOptions, Tracer } from '@opentelemetry/api'

import { getIdentity, setIdentity } from '../identity/identity-context.ts'
import { extendIdentity, hasIdentity } from '../identity/identity.ts'
import { LightContext } from '../provider/light-context.ts'
import { activeContext, sdkState } from '../provider/sdk-state.ts'
import { isSeenAtStart } from '../provider/seen-at-start.ts'
import { toAttribute } from '../values/to-attribute.ts'
import { toJson } from '../values/to-text.ts'
import { SpanHandle } from './span-handle.ts'
import type { AgentSpanOptions, ManualSpanOptions } from './span-options.ts'
import { inputKeys, writeContent } from './write-content.ts'
import { writeAttribute } from './write-attributes.ts'

export interface StartedSpan {
  handle: SpanHandle
  /** The context in which the span's work must run. */
  context: Context
}

/** Starts an AGENT span and its identity. */
export function startAgent(tracer: Tracer, options: AgentSpanOptions): StartedSpan {
  const parent = options.parentContext ?? activeContext()
  const identity = extendIdentity({ inherited: getIdentity(parent), own: options, agent: options })
  const name = options.spanName ?? options.agentName ?? options.agentId
  return start({ tracer, name, kind: 'AGENT', context: setIdentity(parent, identity), identity, options })
}

/** Starts a span of any other kind; `taskId` flows on like the rest of the identity. */
export function startManual(tracer: Tracer, options: ManualSpanOptions & { taskId?: string }): StartedSpan {
  const parent = options.parentContext ?? activeContext()
  const inherited = getIdentity(parent)
  const isNew = hasIdentity(options) || options.taskId !== undefined
  const identity = isNew ? extendIdentity({ inherited, own: options }) : inherited
  const context = isNew && identity !== undefined ? setIdentity(parent, identity) : parent
  return start({
    tracer,
    name: options.spanName,
    kind: options.spanKind ?? 'CHAIN',
    context,
    identity,
    options,
  })
}

/** Of an agent's options and a step's, what both have and what a step adds. */
type StartOptions = Omit<ManualSpanOptions, 'spanName'>

function start(args: {
  tracer: Tracer
  name: string
  kind: string
  context: Context
  identity: Attributes | undefined
  options: StartOptions
}): StartedSpan {
  const { tracer, name, kind, context, identity, options } = args
  const spanOptions: SpanOptions = {}
  if (options.links !== undefined) spanOptions.links = options.links
  if (options.startTime !== undefined) spanOptions.startTime = options.startTime
  const isSeen = sdkState().attached?.seesAttributesAtStart ?? isSeenAtStart(tracer)
  if (isSeen) spanOptions.attributes = Object.assign(kindAttributes(kind), identity)
  const span = tracer.startSpan(name, spanOptions, context)
  try {
    if (!isSeen) writeStart(span, kind, identity)
    describe(span, options, name)
  } catch (error) {
    // The span has started, and is not to be lost.
    sdkState().reporter.reportFault(error)
  }
  return { handle: new SpanHandle(span), context: LightContext.setSpan(context, span) }
}

/** Where nobody looks at the start the provider is ours or a plain one, whose spans take everything themselves. */
function writeStart(span: Span, kind: string, identity: Attributes | undefined): void {
  if (isOpenInference(kind)) span.setAttribute(ATTR_OPENINFERENCE_SPAN_KIND, kind)
  else span.setAttributes(kindAttributes(kind))
  if (identity !== undefined) span.setAttributes(identity)
}

function describe(span: Span, options: StartOptions, name: string): void {
  writeAttribute(span, ATTR_TOOL_NAME, options.toolName ?? (options.spanKind === 'TOOL' ? name : undefined))
  writeAttribute(span, ATTR_TOOL_CALL_ID, options.toolCallId)
  writeAttribute(span, ATTR_LLM_MODEL_NAME, options.model)
  writeAttribute(span, ATTR_LLM_PROVIDER, options.provider)
  for (const key in options.attributes) writeAttribute(span, key, toAttribute(options.attributes[key]))
  if (options.metadata !== undefined) writeAttribute(span, ATTR_METADATA, toJson(options.metadata))
  if (options.input !== undefined) writeContent(span, inputKeys, options.input)
}

/** OpenInference has no APPROVAL and TASK; its readers see a CHAIN. */
function kindAttributes(kind: string): Attributes {
  if (isOpenInference(kind)) return { [ATTR_OPENINFERENCE_SPAN_KIND]: kind }
  return { [ATTR_OPENINFERENCE_SPAN_KIND]: 'CHAIN', [ATTR_CLEW_SPAN_KIND]: kind }
}

function isOpenInference(kind: string): boolean {
  return kind !== 'APPROVAL' && kind !== 'TASK'
}
