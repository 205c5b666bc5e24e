import {
  ATTR_CLEW_APPROVAL_BY,
  ATTR_CLEW_APPROVAL_DECISION,
  ATTR_CLEW_APPROVAL_EDIT_DISTANCE,
  ATTR_CLEW_APPROVAL_WAIT_MS,
  ATTR_CLEW_DECISION_ACTION,
  ATTR_CLEW_DECISION_ARGUMENTS_CLASS,
  ATTR_CLEW_DECISION_SUMMARY,
  ATTR_CLEW_POLICY_NAME,
  ATTR_CLEW_POLICY_RESULT,
  ATTR_CLEW_RETRY_ATTEMPT,
  ATTR_CLEW_RETRY_REASON,
  EVENT_CLEW_APPROVAL,
  EVENT_CLEW_DECISION,
  EVENT_CLEW_POLICY,
  EVENT_CLEW_RETRY,
} from '@clew/semconv/attributes'
import type { AttributeValue, Attributes } from '@opentelemetry/api'

export interface DecisionRecord {
  /** In a sentence. */
  summary: string
  /** The action decided on, as a stable name. */
  action?: string
  /** The class of its arguments, without their values. */
  argumentsClass?: string
}

export interface PolicyRecord {
  name: string
  /** `allow`, `deny` or a word of one's own. */
  result: string
}

export interface ApprovalRecord {
  decision: 'approved' | 'rejected' | 'edited' | (string & {})
  by?: string
  waitMs?: number
  /** Share of the proposal that was changed, 0 to 1. */
  editDistance?: number
}

export interface RetryRecord {
  /** 1 is the first try. */
  attempt: number
  reason?: string
}

export interface BudgetRecord {
  name: string
  limit: number
  used: number
}

export interface DocumentRecord {
  id?: string
  content?: string
  score?: number
  metadata?: unknown
}

export interface ScoreRecord {
  name: string
  value: number | boolean | string
  /** Who or what scored. */
  by?: string
  comment?: string
}

interface SpanRecordEvent {
  event: string
  attributes: Attributes
}

/** Records by their attributes. */
export const recordAttributes = {
  decision: (decision: DecisionRecord): SpanRecordEvent => ({
    event: EVENT_CLEW_DECISION,
    attributes: compact({
      [ATTR_CLEW_DECISION_SUMMARY]: decision.summary,
      [ATTR_CLEW_DECISION_ACTION]: decision.action,
      [ATTR_CLEW_DECISION_ARGUMENTS_CLASS]: decision.argumentsClass,
    }),
  }),
  policy: (policy: PolicyRecord): SpanRecordEvent => ({
    event: EVENT_CLEW_POLICY,
    attributes: { [ATTR_CLEW_POLICY_NAME]: policy.name, [ATTR_CLEW_POLICY_RESULT]: policy.result },
  }),
  approval: (approval: ApprovalRecord): SpanRecordEvent => ({
    event: EVENT_CLEW_APPROVAL,
    attributes: compact({
      [ATTR_CLEW_APPROVAL_DECISION]: approval.decision,
      [ATTR_CLEW_APPROVAL_BY]: approval.by,
      [ATTR_CLEW_APPROVAL_WAIT_MS]: approval.waitMs,
      [ATTR_CLEW_APPROVAL_EDIT_DISTANCE]: approval.editDistance,
    }),
  }),
  retry: (retry: RetryRecord): SpanRecordEvent => ({
    event: EVENT_CLEW_RETRY,
    attributes: compact({ [ATTR_CLEW_RETRY_ATTEMPT]: retry.attempt, [ATTR_CLEW_RETRY_REASON]: retry.reason }),
  }),
}

function compact(attributes: { [key: string]: AttributeValue | undefined }): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined))
}
