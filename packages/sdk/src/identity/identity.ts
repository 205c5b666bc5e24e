import {
  ATTR_AGENT_ID,
  ATTR_AGENT_NAME,
  ATTR_AGENT_ROLE,
  ATTR_CLEW_AGENT_VERSION,
  ATTR_CLEW_PROMPT_NAME,
  ATTR_CLEW_PROMPT_VERSION,
  ATTR_CLEW_RUN_ID,
  ATTR_CLEW_TASK_ID,
  ATTR_CLEW_TENANT_ID,
  ATTR_CLEW_WORKFLOW_NAME,
  ATTR_CLEW_WORKFLOW_VERSION,
  ATTR_SESSION_ID,
  ATTR_TAG_TAGS,
  ATTR_USER_ID,
} from '@clew/semconv/attributes'
import type { Attributes } from '@opentelemetry/api'

/** Whose work a span is; flows from a span to everything below it. */
export interface IdentityOptions {
  sessionId?: string
  userId?: string
  tenantId?: string
  /** The user's goal; may join several traces. */
  runId?: string
  tags?: readonly string[]
  workflow?: { name: string; version?: string }
  prompt?: { name: string; version?: string }
}

/** The agent at work; a sub-agent replaces it whole, so that nothing of the parent's name remains. */
export interface AgentIdentity {
  agentId?: string
  agentName?: string
  role?: string
  agentVersion?: string
}

const agentKeys = [ATTR_AGENT_ID, ATTR_AGENT_NAME, ATTR_AGENT_ROLE, ATTR_CLEW_AGENT_VERSION]

/** Attributes that flow on; kept ready so that starting a span copies instead of computing. */
export function extendIdentity(args: {
  inherited: Attributes | undefined
  own: IdentityOptions & { taskId?: string }
  agent?: AgentIdentity
}): Attributes {
  const { own, agent } = args
  const next: Attributes = { ...args.inherited }
  if (agent !== undefined) {
    for (const key of agentKeys) Reflect.deleteProperty(next, key)
    put(next, ATTR_AGENT_ID, agent.agentId)
    put(next, ATTR_AGENT_NAME, agent.agentName ?? agent.agentId)
    put(next, ATTR_AGENT_ROLE, agent.role)
    put(next, ATTR_CLEW_AGENT_VERSION, agent.agentVersion)
  }
  put(next, ATTR_SESSION_ID, own.sessionId)
  put(next, ATTR_USER_ID, own.userId)
  put(next, ATTR_CLEW_TENANT_ID, own.tenantId)
  put(next, ATTR_CLEW_RUN_ID, own.runId)
  put(next, ATTR_CLEW_TASK_ID, own.taskId)
  put(next, ATTR_CLEW_WORKFLOW_NAME, own.workflow?.name)
  put(next, ATTR_CLEW_WORKFLOW_VERSION, own.workflow?.version)
  put(next, ATTR_CLEW_PROMPT_NAME, own.prompt?.name)
  put(next, ATTR_CLEW_PROMPT_VERSION, own.prompt?.version)
  if (own.tags !== undefined) next[ATTR_TAG_TAGS] = mergeTags(next[ATTR_TAG_TAGS], own.tags)
  return next
}

/** True when options say anything that must flow on. */
export function hasIdentity(options: IdentityOptions): boolean {
  return (
    options.sessionId !== undefined ||
    options.userId !== undefined ||
    options.tenantId !== undefined ||
    options.runId !== undefined ||
    options.tags !== undefined ||
    options.workflow !== undefined ||
    options.prompt !== undefined
  )
}

function put(attributes: Attributes, key: string, value: string | undefined): void {
  if (typeof value === 'string' && value !== '') attributes[key] = value
}

function mergeTags(inherited: unknown, own: readonly string[]): string[] {
  const before = Array.isArray(inherited) ? inherited.filter((tag) => typeof tag === 'string') : []
  return [...new Set([...before, ...own.map(String)])]
}
