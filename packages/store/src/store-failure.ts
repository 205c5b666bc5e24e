/**
 * Why the store could not do as asked. `unavailable` and `timeout` may be retried, `rejected` may not. `invalid` is
 * the question's own fault: its message is meant for whoever asked.
 */
export interface StoreFailure {
  code: 'unavailable' | 'rejected' | 'timeout' | 'invalid'
  /** Of a rejected insert it may quote a row: for its sender, never for a log. */
  message: string
  /** ClickHouse's number for it, when it came from there. */
  engineCode?: string
}

const marker = Symbol.for('clew.store-error')

/** What a query throws: the engine could not answer. Inserts return the same as a value. */
export class StoreError extends Error {
  readonly failure: StoreFailure
  readonly [marker] = true

  constructor(failure: StoreFailure, options?: { cause?: unknown }) {
    super(failure.message, options)
    this.name = 'StoreError'
    this.failure = failure
  }

  static isInstance(value: unknown): value is StoreError {
    return typeof value === 'object' && value !== null && marker in value
  }
}
