import type { Control } from '../control.ts'
import { firstRunToken } from './first-run-token.ts'
import { readSetupState } from './read-setup-state.ts'

/** `<publicUrl>/setup?token=…` for the log, while no person exists. */
export async function firstRunLink(control: Control): Promise<string | undefined> {
  const { needed } = await readSetupState(control)
  if (!needed) return undefined
  const link = new URL('/setup', control.publicUrl)
  link.searchParams.set('token', firstRunToken(control))
  return link.href
}
