/** One fault of the table: what is done, and what must hold after it. */
export interface Fault {
  name: string
  /** Throws when the promise is broken; returns the figures of the table otherwise. */
  run: (options: FaultOptions) => Promise<Record<string, number | string>>
}

export interface FaultOptions {
  /** A folder of its own, empty, removed afterwards. */
  dir: string
  /** The first of a few ports that nobody else uses. */
  port: number
  log: (line: string) => void
}

/** Ends a fault that has not shown what it should. */
export function mustHold(isHeld: boolean, promise: string): void {
  if (!isHeld) throw new Error(promise)
}
