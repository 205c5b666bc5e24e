import { context as contextApi } from '@opentelemetry/api'
import type { Tracer } from '@opentelemetry/api'

import { sdkState } from '../../provider/sdk-state.ts'
import { readRecord } from '../../values/read.ts'
import { isMethod } from '../shared/foreign.ts'
import type { ForeignMethod } from '../shared/foreign.ts'
import { SessionRecorder } from './session-recorder.ts'

/**
 * Records every call of the Claude Agent SDK's `query`. What comes back is the very object that the SDK made,
 * with all of its methods; it is followed as it is read.
 */
export function wrapClaudeAgentSdkQuery<Query extends (...args: never[]) => unknown>(
  query: Query,
  tracer?: Tracer,
): Query {
  const original: unknown = query
  if (!isMethod(original)) return query
  const wrapped = function wrapped(this: unknown, ...args: unknown[]): unknown {
    const call = readRecord(args[0])
    const recorder = sdkState().reporter.guard(
      () => new SessionRecorder({ tracer, prompt: call?.['prompt'], options: call?.['options'] }),
    )
    if (recorder === undefined) return original.apply(this, args)
    try {
      const result = contextApi.with(recorder.context, () => original.apply(this, args))
      followQuery(result, recorder)
      return result
    } catch (error) {
      recorder.fail(error)
      throw error
    }
  }
  Object.defineProperty(wrapped, 'name', { value: query.name, configurable: true })
  Object.defineProperty(wrapped, 'length', { value: query.length, configurable: true })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it takes and returns what `query` does
  return wrapped as unknown as Query
}

/** A query may iterate over itself or over a generator of its own; either way each message counts once. */
function followQuery(query: unknown, recorder: SessionRecorder): void {
  if (typeof query !== 'object' || query === null) return
  const seen = new WeakSet<object>()
  const { reporter } = sdkState()
  const conclude = (step: unknown): unknown => {
    const { done, value } = readRecord(step) ?? {}
    reporter.guard(() => {
      if (typeof value === 'object' && value !== null && !seen.has(value)) {
        seen.add(value)
        recorder.observe(value)
      }
      if (done === true) recorder.abandon()
    })
    return step
  }
  followSteps({ iterator: query, recorder, conclude })
  const iterate: unknown = Reflect.get(query, Symbol.asyncIterator)
  if (!isMethod(iterate)) return
  define(query, Symbol.asyncIterator, function iterator(this: unknown, ...args: unknown[]): unknown {
    const opened = iterate.apply(this, args)
    if (opened !== query && typeof opened === 'object' && opened !== null)
      followSteps({ iterator: opened, recorder, conclude })
    return opened
  })
}

function followSteps(args: {
  iterator: object
  recorder: SessionRecorder
  conclude: (step: unknown) => unknown
}): void {
  const { iterator, recorder, conclude } = args
  for (const name of ['next', 'return', 'throw']) {
    const original: unknown = Reflect.get(iterator, name)
    if (!isMethod(original)) continue
    define(iterator, name, (...values: unknown[]): unknown => {
      const step = original.apply(iterator, values)
      if (!(step instanceof Promise)) return conclude(step)
      return step.then(conclude, (error: unknown) => {
        sdkState().reporter.guard(() => recorder.fail(error))
        throw error
      })
    })
  }
}

function define(target: object, name: string | symbol, value: ForeignMethod): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false })
}
