import { type Draft, type Fact, firstText, fromMetadata, note } from '../draft.ts'
import { isList, isMap, toText } from '../value.ts'

/** `langsmith.trace.session_name` is the project there and must never be read as the chat. */
const sessionKeys = [
  'langfuse.session.id',
  'session.id',
  'gen_ai.conversation.id',
  'traceloop.association.properties.session_id',
  'lmnr.association.properties.session_id',
  'langsmith.metadata.session_id',
  'langsmith.metadata.thread_id',
  'ai.telemetry.metadata.sessionId',
  'metadata.sessionId',
  'metadata.session_id',
]
const lateSessionKeys = [
  'conversation.id',
  'mastra.metadata.sessionId',
  'mastra.metadata.threadId',
  'gcp.vertex.agent.session_id',
  'microsoft.session.id',
]
const userKeys = [
  'langfuse.user.id',
  'user.id',
  'enduser.id',
  'traceloop.association.properties.user_id',
  'lmnr.association.properties.user_id',
  'langsmith.metadata.user_id',
  'ai.telemetry.metadata.userId',
  'metadata.userId',
  'metadata.user_id',
]
const lateUserKeys = ['mastra.metadata.userId', 'mastra.metadata.resourceId']

/** Sets who and in what: session, user, tenant, run, task, workflow, prompt, tags. */
export function fillIdentity(draft: Draft): void {
  set(draft, 'sessionId', readSession(draft))
  set(draft, 'userId', readUser(draft))
  set(
    draft,
    'tenantId',
    firstText(draft, [
      'clew.tenant.id',
      'tenant.id',
      'microsoft.tenant.id',
      'ai.telemetry.metadata.tenantId',
    ]),
  )
  set(draft, 'runId', firstText(draft, ['clew.run.id']))
  fillPair(draft, 'task', ['clew.task.id', 'clew.task.type'], ['id', 'type'])
  fillWorkflow(draft)
  fillPrompt(draft)
  fillTags(draft)
}

function readSession(draft: Draft): Fact<string> | undefined {
  return (
    firstText(draft, sessionKeys) ??
    fromMetadata(draft, ['session_id', 'sessionId', 'thread_id', 'conversation_id']) ??
    draft.facts.sessionId ??
    firstText(draft, lateSessionKeys)
  )
}

function readUser(draft: Draft): Fact<string> | undefined {
  return (
    firstText(draft, userKeys) ??
    fromMetadata(draft, ['user_id', 'userId']) ??
    draft.facts.userId ??
    firstText(draft, lateUserKeys)
  )
}

function set(
  draft: Draft,
  field: 'sessionId' | 'userId' | 'tenantId' | 'runId',
  fact: Fact<string> | undefined,
): void {
  if (fact === undefined) return
  draft.out[field] = fact.value
  note(draft, field, fact)
}

function fillPair(
  draft: Draft,
  field: 'task',
  keys: readonly [string, string],
  names: readonly ['id', 'type'],
): void {
  const first = firstText(draft, [keys[0]])
  const second = firstText(draft, [keys[1]])
  if (first === undefined && second === undefined) return
  draft.out[field] = {
    ...(first === undefined ? {} : { [names[0]]: first.value }),
    ...(second === undefined ? {} : { [names[1]]: second.value }),
  }
  note(draft, field, first ?? second ?? { key: keys[0] })
}

function fillWorkflow(draft: Draft): void {
  const name = firstText(draft, ['clew.workflow.name', 'gen_ai.workflow.name']) ?? draft.facts.workflowName
  const version = firstText(draft, ['clew.workflow.version'])
  if (name === undefined && version === undefined) return
  draft.out.workflow = {
    ...(name === undefined ? {} : { name: name.value }),
    ...(version === undefined ? {} : { version: version.value }),
  }
  note(draft, 'workflow', name ?? version ?? { key: 'clew.workflow.name' })
}

function fillPrompt(draft: Draft): void {
  const name = firstText(draft, [
    'clew.prompt.name',
    'langfuse.observation.prompt.name',
    'gen_ai.prompt.name',
    'prompt.id',
  ])
  const version = firstText(draft, [
    'clew.prompt.version',
    'langfuse.observation.prompt.version',
    'llm.prompt_template.version',
  ])
  if (name === undefined && version === undefined) return
  draft.out.prompt = {
    ...(name === undefined ? {} : { name: name.value }),
    ...(version === undefined ? {} : { version: version.value }),
  }
  note(draft, 'prompt', name ?? version ?? { key: 'clew.prompt.name' })
}

const tagKeys = [
  'tag.tags',
  'tags',
  'langfuse.trace.tags',
  'metadata.tags',
  'ai.telemetry.metadata.tags',
  'langsmith.span.tags',
  'lmnr.association.properties.tags',
  'mastra.tags',
  'logfire.tags',
]

function fillTags(draft: Draft): void {
  for (const key of tagKeys) {
    const tags = readTags(draft.attributes[key])
    if (tags.length === 0) continue
    draft.out.tags = tags
    note(draft, 'tags', { key })
    return
  }
}

/** A list, a list as JSON text, or words between commas. */
function readTags(value: Draft['attributes'][string] | undefined): string[] {
  if (isList(value)) return value.flatMap((tag) => toText(tag) ?? [])
  if (typeof value !== 'string' || value === '' || isMap(value)) return []
  const words = value.startsWith('[') ? value.slice(1, -1).replaceAll('"', '') : value
  return words
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}
