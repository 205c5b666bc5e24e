import { context as contextApi, trace } from '@opentelemetry/api'
import type { Context } from '@opentelemetry/api'

import { sdkState } from '../provider/sdk-state.ts'
import { SpanHandle } from './span-handle.ts'
import type { StartedSpan } from './start-span.ts'

/**
 * Runs a function in a span and returns exactly what it returns: a value, a promise, or a generator whose
 * span lasts as long as it is read. What it throws is recorded and thrown on, the same object.
 */
export function runInSpan<Result>(begin: () => StartedSpan, fn: (span: SpanHandle) => Result): Result {
  return runStarted(sdkState().reporter.guard(begin), fn)
}

/** As `runInSpan`, in a span that has started; where starting it failed, the function still runs. */
export function runStarted<Result>(
  started: StartedSpan | undefined,
  fn: (span: SpanHandle) => Result,
): Result {
  const { handle, context } = started ?? unrecorded()
  let result: Result
  try {
    result = contextApi.with(context, fn, undefined, handle)
  } catch (error) {
    fail(handle, error)
    throw error
  }
  if (result instanceof Promise && isAsync(fn)) return same<Result>(followPromise(result, handle))
  return settle({ result, handle, context })
}

/**
 * What such a function returns is a promise fresh from the engine, which bears nothing of the application's yet. Told
 * by its constructor: to ask for its prototype costs a span a twentieth more.
 */
function isAsync(fn: object): boolean {
  return fn.constructor === asyncFunction
}

const asyncFunction: unknown = (async () => undefined).constructor

function settle<Result>(args: { result: Result; handle: SpanHandle; context: Context }): Result {
  const { result, handle, context } = args
  if (result instanceof Promise && result.constructor === Promise)
    return same<Result>(takeAlong(result, followPromise(result, handle)))
  if (isThenable(result)) {
    followThenable(result, handle)
    return result
  }
  if (isGenerator(result)) {
    followGenerator({ generator: result, handle, context })
    return result
  }
  handle.end()
  return result
}

/**
 * A native promise is followed by one that settles as it does: listening beside its reader would hide rejections
 * that nobody handles.
 */
function followPromise(promise: Promise<unknown>, handle: SpanHandle): Promise<unknown> {
  return promise.then(
    (value) => {
      handle.end()
      return value
    },
    (error: unknown) => {
      fail(handle, error)
      throw error
    },
  )
}

/**
 * Gives the promise that follows what the application has put on the one it stands for, such as a way to cancel.
 * Node marks promises with symbols of its own while async hooks are on; those belong to each promise alone.
 */
function takeAlong(promise: Promise<unknown>, followed: Promise<unknown>): Promise<unknown> {
  for (const key of Reflect.ownKeys(promise)) {
    if (Object.hasOwn(followed, key)) continue
    const property = Object.getOwnPropertyDescriptor(promise, key)
    if (property !== undefined) Reflect.defineProperty(followed, key, property)
  }
  return followed
}

/** A promise of a class of its own (lazy requests, query builders) stays that object; we listen at its `then`. */
function followThenable(thenable: Thenable, handle: SpanHandle): void {
  const original = thenable.then
  const define = (name: string, value: unknown): void => {
    Object.defineProperty(thenable, name, { value, configurable: true, writable: true, enumerable: false })
  }
  define('then', (onValue?: unknown, onError?: unknown): unknown => {
    const followed: unknown = original.call(
      thenable,
      (value: unknown) => {
        handle.end()
        return typeof onValue === 'function' ? same<Callback>(onValue)(value) : value
      },
      (error: unknown) => {
        fail(handle, error)
        if (typeof onError === 'function') return same<Callback>(onError)(error)
        throw error
      },
    )
    return followed
  })
  for (const name of ['catch', 'finally']) {
    const method: unknown = Reflect.get(thenable, name)
    if (typeof method === 'function') define(name, same<Callback>(Reflect.get(Promise.prototype, name)))
  }
}

type Callback = (...args: unknown[]) => unknown

interface AnyGenerator {
  next: Callback
  return: Callback
  throw: Callback
}

/** The generator stays the object that it is; its three methods run in the span's context and end it. */
function followGenerator(args: { generator: AnyGenerator; handle: SpanHandle; context: Context }): void {
  const { generator, handle, context } = args
  const conclude = (step: unknown): unknown => {
    if (typeof step === 'object' && step !== null && Reflect.get(step, 'done') === true) handle.end()
    return step
  }
  const reject = (error: unknown): never => {
    fail(handle, error)
    throw error
  }
  for (const name of ['next', 'return', 'throw'] as const) {
    const original = generator[name]
    const followed = (...values: unknown[]): unknown => {
      let step: unknown
      try {
        step = contextApi.with(context, () => original.apply(generator, values))
      } catch (error) {
        return reject(error)
      }
      return step instanceof Promise ? step.then(conclude, reject) : conclude(step)
    }
    Object.defineProperty(generator, name, {
      value: followed,
      configurable: true,
      writable: true,
      enumerable: false,
    })
  }
}

function fail(handle: SpanHandle, error: unknown): void {
  handle.recordError(error)
  handle.end()
}

function unrecorded(): StartedSpan {
  const context = contextApi.active()
  const span = trace.wrapSpanContext({ traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 })
  return { handle: new SpanHandle(span), context }
}

interface Thenable {
  then: Callback
}

function isThenable(value: unknown): value is Thenable {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'then') === 'function'
}

function isGenerator(value: unknown): value is AnyGenerator {
  if (typeof value !== 'object' || value === null) return false
  const isIterable = Symbol.asyncIterator in value || Symbol.iterator in value
  return (
    isIterable && ['next', 'return', 'throw'].every((name) => typeof Reflect.get(value, name) === 'function')
  )
}

/** The same value under the type that the caller knows it has. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- a named cast
function same<Known>(value: unknown): Known {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- identity; the compiler can't follow it
  return value as Known
}
