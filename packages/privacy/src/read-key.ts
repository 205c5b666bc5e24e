import { isCredentialKey } from './credential-assignments.ts'
import { createLedger } from './ledger.ts'
import type { TextRedactor } from './redact-text.ts'

/** What a key says: whether its value is a credential, and what is left of it when a secret stands in it. */
export interface KeyFacts {
  key: string
  isCredential: boolean
  /** The rules that took something out of the key itself. */
  rules: readonly string[]
  /** The value of this key that was cleared last: kinds, models and names come with span after span. */
  clear: string
}

const mostRemembered = 5000

/** Keys repeat from record to record, so what they say is worked out once. */
export function createKeyReader(texts: TextRedactor): (key: string) => KeyFacts {
  const known = new Map<string, KeyFacts>()
  return (key) => {
    const facts = known.get(key)
    if (facts !== undefined) return facts
    if (known.size >= mostRemembered) known.clear()
    const ledger = createLedger()
    const redacted = texts.redact(key, '', ledger)
    const fresh = {
      key: redacted,
      isCredential: isCredentialKey(key),
      rules: ledger.entries().map(({ rule }) => rule),
      clear: '',
    }
    known.set(key, fresh)
    return fresh
  }
}
