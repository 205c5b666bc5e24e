import { createHash } from 'node:crypto'

/** Lower hex of SHA-256: what is stored and looked up in place of a key's secret. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
