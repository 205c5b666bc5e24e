import type { Control } from '../control.ts'
import type { RefusedKey } from './recent-refusals.ts'

/** Remembers, in this process only, that a key was refused: the set-up page tells of it. */
export function noteRefusedKey(control: Control, refusal: Omit<RefusedKey, 'at'>): void {
  control.refusals.note({ ...refusal, at: new Date(control.clock()).toISOString() })
}
