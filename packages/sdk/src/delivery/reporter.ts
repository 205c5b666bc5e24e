import { ClewTracingError } from '../errors.ts'
import type { ClewErrorCode } from '../errors.ts'

/** Tells trouble: always to `onError`, and to stderr once per kind until things go well again. */
export interface Reporter {
  report(args: { code: ClewErrorCode; message: string; cause?: unknown }): void
  /** Tells of something that the tracer's own code threw. */
  reportFault(error: unknown): void
  /** Clears what was told, so that the next outage is told again. */
  recovered(): void
  debug(message: string): void
  /** Runs tracing code; what it throws is reported and never reaches the application. */
  guard<Value>(step: () => Value): Value | undefined
  /** The same as `guard`, for a listener that is called often. */
  contain<Argument>(listener: (argument: Argument) => void): (argument: Argument) => void
  lastError(): string | undefined
  /** How many faults of the tracer were contained. */
  faults(): number
}

/** Builds a reporter; `write` gets whole lines without the line end. */
export function createReporter(args: {
  onError?: ((error: ClewTracingError) => void) | undefined
  debug: boolean
  write?: (line: string) => void
}): Reporter {
  const write = args.write ?? ((line: string) => process.stderr.write(`${line}\n`))
  const told = new Set<ClewErrorCode>()
  let last: string | undefined
  let faults = 0
  const report: Reporter['report'] = ({ code, message, cause }) => {
    last = message
    if (code === 'internal') faults += 1
    try {
      args.onError?.(new ClewTracingError({ code, message, cause }))
    } catch {
      // A fault in the application's own error handler is not the application's to suffer here.
    }
    if (told.has(code) && !args.debug) return
    told.add(code)
    write(`[clew] ${message}`)
  }
  const reportFault = (error: unknown): void => {
    report({
      code: 'internal',
      message: `a fault in the tracer was contained: ${String(error)}`,
      cause: error,
    })
  }
  return {
    report,
    reportFault,
    recovered: () => {
      if (told.size > 0) told.clear()
    },
    debug: (message) => {
      if (args.debug) write(`[clew] ${message}`)
    },
    guard: (step) => {
      try {
        return step()
      } catch (error) {
        reportFault(error)
        return undefined
      }
    },
    contain: (listener) => (argument) => {
      try {
        listener(argument)
      } catch (error) {
        reportFault(error)
      }
    },
    lastError: () => last,
    faults: () => faults,
  }
}
