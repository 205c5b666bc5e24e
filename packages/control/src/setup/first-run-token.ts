import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Control } from '../control.ts'

/**
 * The token of the first start. It follows from the secret and the installation's id, so that every process and
 * every restart prints the same link and nothing is stored; it is void once a person exists.
 */
export function firstRunToken(control: Control): string {
  return createHmac('sha256', control.secret).update(`first-run ${control.instanceId}`).digest('base64url')
}

export function isFirstRunToken(control: Control, token: string): boolean {
  const expected = Buffer.from(firstRunToken(control))
  const given = Buffer.from(token)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
