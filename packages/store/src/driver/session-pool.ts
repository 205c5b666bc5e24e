/**
 * Lends sessions to tasks, each to one task at a time; who finds none free waits in the order of asking.
 */
export interface SessionPool<Session> {
  run<Value>(task: (session: Session) => Promise<Value>): Promise<Value>
  /** Runs the task on every session, once all of them are free. */
  runOnAll(task: (session: Session) => Promise<unknown>): Promise<void>
}

export function createSessionPool<Session>(sessions: readonly Session[]): SessionPool<Session> {
  const free = [...sessions]
  const waiting: ((session: Session) => void)[] = []
  const take = (): Promise<Session> | Session => {
    const session = free.shift()
    return session ?? new Promise((resolve) => waiting.push(resolve))
  }
  const giveBack = (session: Session): void => {
    const next = waiting.shift()
    if (next === undefined) free.push(session)
    else next(session)
  }
  return {
    async run(task) {
      const session = await take()
      try {
        return await task(session)
      } finally {
        giveBack(session)
      }
    },
    async runOnAll(task) {
      // Asked for in one go, so that two callers cannot each hold what the other waits for.
      const taken = await Promise.all(sessions.map(take))
      try {
        for (const session of taken) await task(session)
      } finally {
        for (const session of taken) giveBack(session)
      }
    },
  }
}
