const marker = Symbol.for('clew.tracing.error')

/** What kind of trouble a tracing error is. */
export type ClewErrorCode =
  | 'unreachable'
  | 'unauthorised'
  | 'rejected'
  | 'too-large'
  | 'overloaded'
  | 'queue-full'
  | 'invalid-input'
  | 'configuration'
  | 'internal'

/** Trouble of the tracer; handed to `onError`, never thrown into the application by a running tracer. */
export class ClewTracingError extends Error {
  override readonly name: string = 'ClewTracingError'
  readonly code: ClewErrorCode
  readonly [marker] = true

  constructor(args: { code: ClewErrorCode; message: string; cause?: unknown }) {
    super(args.message, args.cause === undefined ? undefined : { cause: args.cause })
    this.code = args.code
  }

  /** True for errors of this class from any copy of the package. */
  static isInstance(value: unknown): value is ClewTracingError {
    return typeof value === 'object' && value !== null && marker in value
  }
}

/** A call of the SDK that cannot mean anything, such as a span without a function to run. */
export class InvalidSdkInputError extends ClewTracingError {
  override readonly name: string = 'InvalidSdkInputError'
  constructor(message: string) {
    super({ code: 'invalid-input', message })
  }
}

/** What was passed as a tracer is none. */
export class InvalidTracerInputError extends ClewTracingError {
  override readonly name: string = 'InvalidTracerInputError'
  constructor(message: string) {
    super({ code: 'invalid-input', message })
  }
}
