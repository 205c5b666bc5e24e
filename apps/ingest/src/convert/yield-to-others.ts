import { setImmediate } from 'node:timers/promises'

const sliceMs = 15

/** Lets other requests run whenever this one has held the thread for a while. */
export function createYielder(): () => Promise<void> | undefined {
  let since = performance.now()
  let count = 0
  return () => {
    count += 1
    if (count % 16 !== 0 || performance.now() - since < sliceMs) return undefined
    return setImmediate().then(() => {
      since = performance.now()
    })
  }
}
