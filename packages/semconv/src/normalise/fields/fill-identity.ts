import { type Draft, type Fact, firstText, fromMetadata, note } from '../draft.ts'
import { keyList } from '../key-list.ts'
import { isList, isMap, toText } from '../value.ts'

/** `langsmith.trace.session_name` is the project there and must never be read as the chat. */
const sessionKeys = keyList(
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
)
const lateSessionKeys = keyList(
  'conversation.id',
  'mastra.metadata.sessionId',
  'mastra.metadata.threadId',
  'gcp.vertex.agent.session_id',
  'microsoft.session.id',
)
const userKeys = keyList(
  'langfuse.user.id',
  'user.id',
  'enduser.id',
  'traceloop.association.properties.user_id',
  'lmnr.association.properties.user_id',
  'langsmith.metadata.user_id',
  'ai.telemetry.metadata.userId',
  'metadata.userId',
  'metadata.user_id',
)
const lateUserKeys = keyList('mastra.metadata.userId', 'mastra.metadata.resourceId')
const tenantKeys = keyList(
  'clew.tenant.id',
  'tenant.id',
  'microsoft.tenant.id',
  'ai.telemetry.metadata.tenantId',
)
const runKeys = keyList('clew.run.id')
const taskIdKeys = keyList('clew.task.id')
const taskTypeKeys = keyList('clew.task.type')
const workflowNameKeys = keyList('clew.workflow.name', 'gen_ai.workflow.name')
const workflowVersionKeys = keyList('clew.workflow.version')
const promptNameKeys = keyList(
  'clew.prompt.name',
  'langfuse.observation.prompt.name',
  'gen_ai.prompt.name',
  'prompt.id',
)
const promptVersionKeys = keyList(
  'clew.prompt.version',
  'langfuse.observation.prompt.version',
  'llm.prompt_template.version',
)

/** Sets who and in what: session, user, tenant, run, task, workflow, prompt, tags. */
export function fillIdentity(draft: Draft): void {
  set(draft, 'sessionId', readSession(draft))
  set(draft, 'userId', readUser(draft))
  set(draft, 'tenantId', firstText(draft, tenantKeys))
  set(draft, 'runId', firstText(draft, runKeys))
  fillTask(draft)
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

function fillTask(draft: Draft): void {
  const id = firstText(draft, taskIdKeys)
  const type = firstText(draft, taskTypeKeys)
  if (id === undefined && type === undefined) return
  draft.out.task = {
    ...(id === undefined ? {} : { id: id.value }),
    ...(type === undefined ? {} : { type: type.value }),
  }
  if (id !== undefined) note(draft, 'task.id', id)
  if (type !== undefined) note(draft, 'task.type', type)
}

function fillWorkflow(draft: Draft): void {
  const name = firstText(draft, workflowNameKeys) ?? draft.facts.workflowName
  const version = firstText(draft, workflowVersionKeys)
  if (name === undefined && version === undefined) return
  draft.out.workflow = {
    ...(name === undefined ? {} : { name: name.value }),
    ...(version === undefined ? {} : { version: version.value }),
  }
  if (name !== undefined) note(draft, 'workflow.name', name)
  if (version !== undefined) note(draft, 'workflow.version', version)
}

function fillPrompt(draft: Draft): void {
  const name = firstText(draft, promptNameKeys)
  const version = firstText(draft, promptVersionKeys)
  if (name === undefined && version === undefined) return
  draft.out.prompt = {
    ...(name === undefined ? {} : { name: name.value }),
    ...(version === undefined ? {} : { version: version.value }),
  }
  if (name !== undefined) note(draft, 'prompt.name', name)
  if (version !== undefined) note(draft, 'prompt.version', version)
}

const tagKeys = keyList(
  'tag.tags',
  'tags',
  'langfuse.trace.tags',
  'metadata.tags',
  'ai.telemetry.metadata.tags',
  'langsmith.span.tags',
  'lmnr.association.properties.tags',
  'mastra.tags',
  'logfire.tags',
)

function fillTags(draft: Draft): void {
  for (const key of draft.shape.present(tagKeys)) {
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
