import type { Tracer } from '@opentelemetry/api'

import { InvalidSdkInputError, InvalidTracerInputError } from '../errors.ts'
import { sdkState, sdkTracer } from '../provider/sdk-state.ts'
import { runInSpan } from './run-in-span.ts'
import type { SpanHandle } from './span-handle.ts'
import type { AgentSpanOptions, ManualSpanOptions } from './span-options.ts'
import { startAgent, startManual } from './start-span.ts'
import type { StartedSpan } from './start-span.ts'

type Work<Result> = (span: SpanHandle) => Result

/** Runs a function as an agent: everything below it belongs to that agent. Returns what the function returns. */
export function agentSpan<Result>(options: AgentSpanOptions, fn: Work<Result>): Result
export function agentSpan<Result>(tracer: Tracer, options: AgentSpanOptions, fn: Work<Result>): Result
export function agentSpan<Result>(
  ...args: [AgentSpanOptions, Work<Result>] | [Tracer, AgentSpanOptions, Work<Result>]
): Result {
  const { tracer, options, fn } = readArguments<AgentSpanOptions, Result>('agentSpan', args)
  return runInSpan(() => startAgent(tracer, options), fn)
}

/** Runs a function as one step. Returns what the function returns. */
export function manualSpan<Result>(options: ManualSpanOptions, fn: Work<Result>): Result
export function manualSpan<Result>(tracer: Tracer, options: ManualSpanOptions, fn: Work<Result>): Result
export function manualSpan<Result>(
  ...args: [ManualSpanOptions, Work<Result>] | [Tracer, ManualSpanOptions, Work<Result>]
): Result {
  const { tracer, options, fn } = readArguments<ManualSpanOptions, Result>('manualSpan', args)
  return runInSpan(() => startManual(tracer, options), fn)
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

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the overloads name both
function readArguments<Options, Result>(
  name: string,
  args: readonly unknown[],
): { tracer: Tracer; options: Options; fn: Work<Result> } {
  const [first, second, third] = args
  const hasTracer = args.length > 2 || isTracer(first)
  const fn = hasTracer ? third : second
  if (typeof fn !== 'function') throw new InvalidSdkInputError(`${name} needs a function to run.`)
  if (hasTracer && !isTracer(first)) {
    const { message } = new InvalidTracerInputError(
      `${name} was given a tracer that is none; the default one is used.`,
    )
    sdkState().reporter.report({ code: 'invalid-input', message })
  }
  const options: unknown = (hasTracer ? second : first) ?? {}
  return {
    tracer: isTracer(first) ? first : sdkTracer(),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the public overloads guarantee both
    options: options as Options,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
    fn: fn as Work<Result>,
  }
}

function isTracer(value: unknown): value is Tracer {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'startSpan') === 'function'
}
