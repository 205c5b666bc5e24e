export type KeyScope = 'ingest' | 'read' | 'write' | 'admin'
export type ExpiryName = 'never' | '30d' | '90d' | '365d'

/** What a key can be allowed, least first. */
export const scopeChoices: readonly { scope: KeyScope; what: string }[] = [
  { scope: 'ingest', what: 'send spans and logs' },
  { scope: 'read', what: 'read runs, with their content where the policy allows it' },
  { scope: 'write', what: 'add scores and change what the project holds' },
  { scope: 'admin', what: 'manage keys, retention and members' },
]

export const expiryChoices: readonly { value: ExpiryName; label: string }[] = [
  { value: 'never', label: 'Never' },
  { value: '30d', label: 'In 30 days' },
  { value: '90d', label: 'In 90 days' },
  { value: '365d', label: 'In a year' },
]

const days: Readonly<Record<Exclude<ExpiryName, 'never'>, number>> = { '30d': 30, '90d': 90, '365d': 365 }

/** The moment at which a key ends, as ISO 8601. */
export function toExpiry({ expiry, nowMs }: { expiry: ExpiryName; nowMs: number }): string | undefined {
  return expiry === 'never' ? undefined : new Date(nowMs + days[expiry] * 86_400_000).toISOString()
}
