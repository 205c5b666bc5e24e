export interface Deferred<Value> {
  promise: Promise<Value>
  resolve: (value: Value) => void
}

/** A promise and its resolver; `Promise.withResolvers` is not in Node 20. */
export function createDeferred<Value>(): Deferred<Value> {
  let settle: ((value: Value) => void) | undefined
  const promise = new Promise<Value>((resolve) => {
    settle = resolve
  })
  return { promise, resolve: (value) => settle?.(value) }
}
