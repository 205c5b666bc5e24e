import { setTimeout as wait } from 'node:timers/promises'

/** Waits about so long, as work elsewhere would take. */
export async function pause(ms: number): Promise<void> {
  await wait(Math.round(ms))
}
