import type { Agent } from '../../span/canonical.ts'
import { keyList } from '../key-list.ts'
import { type Draft, type Fact, firstText, fromMetadata, note } from '../draft.ts'

const idKeys = keyList('gen_ai.agent.id', 'agent.id')
const nameKeys = keyList(
  'gen_ai.agent.name',
  'agent.name',
  'metadata.lc_agent_name',
  'langsmith.metadata.lc_agent_name',
  'ai.telemetry.functionId',
)
const nodeKeys = keyList('graph.node.id')
const roleKeys = keyList('agent.role')
const versionKeys = keyList('clew.agent.version', 'gen_ai.agent.version', 'agent.version')

/** Dialects whose AGENT spans are named for the agent, where no attribute names it. */
const namedBySpan = new Set([
  'langfuse',
  'openinference',
  'clew',
  'inference',
  'logfire',
  'laminar',
  'langsmith',
])
/** Instrumentations whose AGENT spans are named for the operation, or for the whole workflow. */
const operationScopes = [
  '@arizeai/openinference-instrumentation-claude-agent-sdk',
  '@arizeai/openinference-instrumentation-openai-agents',
]

/** Sets the agent that the span itself names; what flows down from ancestors is added by assembly. */
export function fillAgent(draft: Draft): void {
  const agent: Agent = {}
  set(draft, agent, 'id', draft.facts.agentId ?? firstText(draft, idKeys))
  set(
    draft,
    agent,
    'name',
    draft.facts.agentName ??
      firstText(draft, nameKeys) ??
      fromMetadata(draft, ['lc_agent_name']) ??
      fromSpan(draft),
  )
  set(draft, agent, 'role', firstText(draft, roleKeys))
  set(draft, agent, 'version', firstText(draft, versionKeys))
  if (agent.id !== undefined || agent.name !== undefined) draft.out.agent = agent
}

const agentFields: { readonly [field in keyof Required<Agent>]: string } = {
  id: 'agent.id',
  name: 'agent.name',
  role: 'agent.role',
  version: 'agent.version',
}

function set(draft: Draft, agent: Agent, field: keyof Agent, fact: Fact<string> | undefined): void {
  if (fact === undefined) return
  agent[field] = fact.value
  note(draft, agentFields[field], fact)
}

function fromSpan(draft: Draft): Fact<string> | undefined {
  if (draft.out.kind !== 'AGENT' || !namedBySpan.has(draft.dialect)) return undefined
  const node = firstText(draft, nodeKeys)
  if (node !== undefined) return node
  const { name, scope } = draft.span
  if (name === '' || operationScopes.some((prefix) => scope.name.startsWith(prefix))) return undefined
  return { value: name, key: 'name', rule: 'span-name' }
}
