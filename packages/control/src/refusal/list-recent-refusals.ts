import type { Control } from '../control.ts'
import type { RefusedKey } from './recent-refusals.ts'

/** Refused keys that this process saw, newest first. */
export function listRecentRefusals(control: Control, since?: { sinceMs: number }): RefusedKey[] {
  return control.refusals.list(since?.sinceMs ?? 0)
}
