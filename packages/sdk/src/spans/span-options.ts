import type { Context, Link, TimeInput } from '@opentelemetry/api'

import type { AgentIdentity, IdentityOptions } from '../identity/identity.ts'
import type { SpanKindValue } from './span-kinds.ts'

interface SharedSpanOptions extends IdentityOptions {
  /** What the span was given; text as it is, anything else as JSON. */
  input?: unknown
  attributes?: { readonly [key: string]: unknown }
  /** Facts of one's own about this span, kept together as JSON. */
  metadata?: { readonly [key: string]: unknown }
  links?: Link[]
  startTime?: TimeInput
  /** The context to start in; by default the active one. */
  parentContext?: Context
}

/** A run of an agent: a span of kind AGENT, whose identity flows to everything below it. */
export interface AgentSpanOptions extends SharedSpanOptions, AgentIdentity {
  agentId: string
  /** Default: the agent's name, or its id. */
  spanName?: string
}

/** Any other step. */
export interface ManualSpanOptions extends SharedSpanOptions {
  spanName: string
  /** Default CHAIN. */
  spanKind?: SpanKindValue
  toolName?: string
  toolCallId?: string
  model?: string
  provider?: string
}
