import type { TaskStatus } from '@clew/domain'
import type { ExitName } from './exit-codes.ts'

/** True once nothing more will happen to the task. */
export function isOver(status: TaskStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled'
}

/** A task that was read while it runs is a command that worked. */
export function exitOfTask(status: TaskStatus): ExitName {
  if (status === 'failed') return 'failed'
  return status === 'cancelled' ? 'cancelled' : 'completed'
}
