/** `waiting` is neither good nor bad: nothing has happened yet. */
export type FindingStatus = 'ok' | 'waiting' | 'warning' | 'failed'

/** One thing that the doctor looked at, in words for a person. */
export interface Finding {
  /** For scripts; stable. */
  name: string
  title: string
  status: FindingStatus
  detail: string
  /** What to do about it. */
  advice?: string
}

const order: readonly FindingStatus[] = ['failed', 'warning', 'waiting', 'ok']

/** The status of all together: that of the worst. */
export function worstOf(findings: readonly Finding[]): FindingStatus {
  return order.find((status) => findings.some((finding) => finding.status === status)) ?? 'ok'
}
