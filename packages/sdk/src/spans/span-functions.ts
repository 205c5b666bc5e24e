import type { Tracer } from '@opentelemetry/api'

import { InvalidSdkInputError, InvalidTracerInputError } from '../errors.ts'
import { sdkState, sdkTracer } from '../provider/sdk-state.ts'
import { runStarted } from './run-in-span.ts'
import type { SpanHandle } from './span-handle.ts'
import type { AgentSpanOptions, ManualSpanOptions } from './span-options.ts'
import { startAgent, startManual } from './start-span.ts'
import type { StartedSpan } from './start-span.ts'

type Work<Result> = (span: SpanHandle) => Result

/** Runs a function as an agent: everything below it belongs to that agent. Returns what the function returns. */
export function agentSpan<Result>(options: AgentSpanOptions, fn: Work<Result>): Result
export function agentSpan<Result>(tracer: Tracer, options: AgentSpanOptions, fn: Work<Result>): Result
export function agentSpan<Result>(first: unknown, second: unknown, third?: unknown): Result {
  const call = readArguments<AgentSpanOptions, Result>('agentSpan', first, second, third)
  return runStarted(begin(startAgent, call), call.fn)
}

/** Runs a function as one step. Returns what the function returns. */
export function manualSpan<Result>(options: ManualSpanOptions, fn: Work<Result>): Result
export function manualSpan<Result>(tracer: Tracer, options: ManualSpanOptions, fn: Work<Result>): Result
export function manualSpan<Result>(first: unknown, second: unknown, third?: unknown): Result {
  const call = readArguments<ManualSpanOptions, Result>('manualSpan', first, second, third)
  return runStarted(begin(startManual, call), call.fn)
}

/** Starts an agent's span without running anything in it; `handle.end()` ends it, `context` carries it. */
export function startAgentSpan(options: AgentSpanOptions, tracer: Tracer = sdkTracer()): StartedSpan {
  return startAgent(tracer, options)
}

/** Starts a step's span without running anything in it; `handle.end()` ends it, `context` carries it. */
export function startManualSpan(options: ManualSpanOptions, tracer: Tracer = sdkTracer()): StartedSpan {
  return startManual(tracer, options)
}

/** A function that records each of its calls: arguments as input, result as output. */
export function traced<Arguments extends unknown[], Result>(
  fn: (...args: Arguments) => Result,
  options: Partial<ManualSpanOptions> = {},
): (...args: Arguments) => Result {
  const spanName = options.spanName ?? (fn.name === '' ? 'anonymous' : fn.name)
  const wrapped = function wrapped(this: unknown, ...args: Arguments): Result {
    const input = args.length === 1 ? args[0] : args
    return manualSpan({ ...options, spanName, input: options.input ?? input }, (span) => {
      const result = fn.apply(this, args)
      if (result instanceof Promise)
        void result.then(
          (value: unknown) => span.setOutput(value),
          () => undefined,
        )
      else if (typeof result !== 'object' || result === null || !('next' in result || 'then' in result))
        span.setOutput(result)
      return result
    })
  }
  return Object.defineProperty(wrapped, 'name', { value: fn.name, configurable: true })
}

interface Call<Options, Result> {
  tracer: Tracer
  options: Options
  fn: Work<Result>
}

/** Runs for every span, so without the closure that the reporter's guard would need. */
function begin<Options>(
  start: (tracer: Tracer, options: Options) => StartedSpan,
  { tracer, options }: Call<Options, unknown>,
): StartedSpan | undefined {
  try {
    return start(tracer, options)
  } catch (error) {
    sdkState().reporter.reportFault(error)
    return undefined
  }
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the overloads name both
function readArguments<Options, Result>(
  name: string,
  first: unknown,
  second: unknown,
  third: unknown,
): Call<Options, Result> {
  const tracer = isTracer(first) ? first : undefined
  const hasTracer = tracer !== undefined || third !== undefined
  const fn = hasTracer ? third : second
  if (typeof fn !== 'function') throw new InvalidSdkInputError(`${name} needs a function to run.`)
  if (hasTracer && tracer === undefined) {
    const { message } = new InvalidTracerInputError(
      `${name} was given a tracer that is none; the default one is used.`,
    )
    sdkState().reporter.report({ code: 'invalid-input', message })
  }
  const options: unknown = (hasTracer ? second : first) ?? {}
  return {
    tracer: tracer ?? sdkTracer(),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the public overloads guarantee both
    options: options as Options,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
    fn: fn as Work<Result>,
  }
}

function isTracer(value: unknown): value is Tracer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'startSpan' in value &&
    typeof value.startSpan === 'function'
  )
}
