/** Runs tasks one after another, in the order in which they were given. */
export interface Queue {
  run<Value>(task: () => Promise<Value>): Promise<Value>
}

export function createQueue(): Queue {
  let tail: Promise<unknown> = Promise.resolve()
  return {
    run(task) {
      const done = tail.then(task)
      tail = done.catch(() => undefined)
      return done
    },
  }
}
