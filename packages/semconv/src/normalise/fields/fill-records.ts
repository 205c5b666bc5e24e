import { keyList } from '../key-list.ts'
import { type Draft, move, note } from '../draft.ts'
import type { AttributeValue } from '../../span/decoded.ts'
import { isList, toNumber, toText } from '../value.ts'

/** What is recorded stands under these keys, on the span or on its events. */
const recordKeys = [
  'clew.decision.summary',
  'clew.decision.action',
  'clew.decision.arguments_class',
  'clew.policy.name',
  'clew.policy.result',
  'clew.approval.decision',
  'clew.approval.by',
  'clew.approval.wait_ms',
  'clew.approval.edit_distance',
  'clew.retry.attempt',
  'clew.retry.reason',
  'clew.budget.name',
  'clew.budget.limit',
  'clew.budget.used',
  'clew.state.delta',
  'clew.evidence',
  'clew.outcome',
  'clew.stop_reason',
  'agent.outcome',
  'agent.stop_reason',
] as const
type RecordKey = (typeof recordKeys)[number]
const recordList = keyList(...recordKeys)

/** Sets what an agent records about its own conduct: decisions, policies, approvals, retries, budgets. */
export function fillRecords(draft: Draft): void {
  const { out, span, shape, facts } = draft
  const mayRecord = span.events.length > 0 || shape.present(recordList).length > 0
  if (!mayRecord && facts.approval === undefined) return
  const decision = texts(draft, 'decision', {
    summary: 'clew.decision.summary',
    action: 'clew.decision.action',
    argumentsClass: 'clew.decision.arguments_class',
  })
  if (decision !== undefined) out.decision = decision
  const policy = texts(draft, 'policy', { name: 'clew.policy.name', result: 'clew.policy.result' })
  if (policy !== undefined) out.policy = policy
  fillApproval(draft)
  fillRetry(draft)
  fillBudget(draft)
  const delta = text(draft, 'clew.state.delta')
  if (delta !== undefined) {
    out.stateDelta = delta
    note(draft, 'stateDelta', { key: 'clew.state.delta' })
    if (draft.attributes['clew.state.delta'] === delta) move(draft, 'clew.state.delta')
  }
  const evidence = recorded(draft, 'clew.evidence')
  if (isList(evidence)) {
    out.evidence = evidence.flatMap((item) => toText(item) ?? [])
    note(draft, 'evidence', { key: 'clew.evidence' })
  }
  fillOutcome(draft)
}

function fillApproval(draft: Draft): void {
  const words = texts(draft, 'approval', { decision: 'clew.approval.decision', by: 'clew.approval.by' })
  const waitMs = toNumber(recorded(draft, 'clew.approval.wait_ms'))
  const editDistance = toNumber(recorded(draft, 'clew.approval.edit_distance'))
  if (words === undefined && waitMs === undefined && editDistance === undefined) {
    const fact = draft.facts.approval
    if (fact === undefined) return
    draft.out.approval = fact.value
    note(draft, 'approval', fact)
    return
  }
  draft.out.approval = {
    ...words,
    ...(waitMs === undefined ? {} : { waitMs }),
    ...(editDistance === undefined ? {} : { editDistance }),
  }
  if (waitMs !== undefined) note(draft, 'approval.waitMs', { key: 'clew.approval.wait_ms' })
  if (editDistance !== undefined) note(draft, 'approval.editDistance', { key: 'clew.approval.edit_distance' })
}

function fillRetry(draft: Draft): void {
  const attempt = toNumber(recorded(draft, 'clew.retry.attempt'))
  const reason = text(draft, 'clew.retry.reason')
  if (attempt === undefined && reason === undefined) return
  draft.out.retry = {
    ...(attempt === undefined ? {} : { attempt }),
    ...(reason === undefined ? {} : { reason }),
  }
  if (attempt !== undefined) note(draft, 'retry.attempt', { key: 'clew.retry.attempt' })
  if (reason !== undefined) note(draft, 'retry.reason', { key: 'clew.retry.reason' })
}

function fillBudget(draft: Draft): void {
  const name = text(draft, 'clew.budget.name')
  const limit = toNumber(recorded(draft, 'clew.budget.limit'))
  const used = toNumber(recorded(draft, 'clew.budget.used'))
  if (name === undefined && limit === undefined && used === undefined) return
  draft.out.budget = {
    ...(name === undefined ? {} : { name }),
    ...(limit === undefined ? {} : { limit }),
    ...(used === undefined ? {} : { used }),
  }
  if (name !== undefined) note(draft, 'budget.name', { key: 'clew.budget.name' })
  if (limit !== undefined) note(draft, 'budget.limit', { key: 'clew.budget.limit' })
  if (used !== undefined) note(draft, 'budget.used', { key: 'clew.budget.used' })
}

/** `agent.*` are the names of @inference/tracing, copied only on the agent's own span. */
function fillOutcome(draft: Draft): void {
  for (const key of ['clew.outcome', 'agent.outcome'] as const) {
    const outcome = text(draft, key)
    if (outcome === undefined) continue
    draft.out.outcome = outcome
    note(draft, 'outcome', { key })
    break
  }
  for (const key of ['clew.stop_reason', 'agent.stop_reason'] as const) {
    const stopReason = text(draft, key)
    if (stopReason === undefined) continue
    draft.out.stopReason = stopReason
    note(draft, 'stopReason', { key })
    break
  }
}

/** The span's own attribute, else that of the last event that has it: agents record as they go. */
function recorded(draft: Draft, key: RecordKey): AttributeValue | undefined {
  const own = draft.attributes[key]
  if (own !== undefined || draft.span.events.length === 0) return own
  return draft.span.events.findLast((event) => event.attributes[key] !== undefined)?.attributes[key]
}

function text(draft: Draft, key: RecordKey): string | undefined {
  return toText(recorded(draft, key))
}

function texts<Names extends { readonly [field: string]: RecordKey }>(
  draft: Draft,
  group: string,
  names: Names,
): { [field in keyof Names]?: string } | undefined {
  const found: { [field in keyof Names]?: string } = {}
  let any = false
  for (const field in names) {
    const key = names[field]
    const value = key === undefined ? undefined : text(draft, key)
    if (value === undefined || key === undefined) continue
    found[field] = value
    note(draft, `${group}.${field}`, { key })
    any = true
  }
  return any ? found : undefined
}
