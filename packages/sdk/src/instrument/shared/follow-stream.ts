import { sdkState } from '../../provider/sdk-state.ts'

export interface StreamObserver {
  onChunk: (chunk: unknown) => void
  onDone: () => void
  onError: (error: unknown) => void
  /** The reader stopped early, or the request was aborted. */
  onAbandoned: () => void
}

type Method = (...args: unknown[]) => unknown

/** True for what a client library returns for a streamed call. */
export function isStream(value: unknown): value is AsyncIterable<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, Symbol.asyncIterator) === 'function'
  )
}

/**
 * Listens to a stream as its reader reads it, at the reader's pace; the stream stays the same object.
 * OpenAI's and Anthropic's streams make every way of reading (iteration, `tee`, `toReadableStream`) from their
 * `iterator`, so that is where to listen.
 */
export function followStream(stream: AsyncIterable<unknown>, observer: StreamObserver): void {
  const listener = contained(observer)
  const source: unknown = Reflect.get(stream, 'iterator')
  const key = typeof source === 'function' ? 'iterator' : Symbol.asyncIterator
  const open: unknown = Reflect.get(stream, key)
  if (!isMethod(open)) return
  const controller: unknown = Reflect.get(stream, 'controller')
  const signal = controller instanceof AbortController ? controller.signal : undefined
  const reading = { calls: 0 }
  const followed = (...args: unknown[]): unknown =>
    followIterator({ iterator: open.apply(stream, args), listener, signal, reading })
  if (key === 'iterator') Reflect.set(stream, key, followed)
  else
    Object.defineProperty(stream, key, {
      value: followed,
      configurable: true,
      writable: true,
      enumerable: false,
    })
  // A read that is under way tells by itself how the abort ended it.
  const onAbort = (): void => {
    if (reading.calls === 0) listener.onAbandoned()
  }
  signal?.addEventListener('abort', onAbort, { once: true })
}

function followIterator(args: {
  iterator: unknown
  listener: StreamObserver
  signal: AbortSignal | undefined
  reading: { calls: number }
}): unknown {
  const { iterator, listener, signal, reading } = args
  if (typeof iterator !== 'object' || iterator === null) return iterator
  // Runs for every chunk of a stream.
  const conclude = (step: unknown): unknown => {
    reading.calls -= 1
    if (!isStep(step)) return step
    if (step.done !== true) listener.onChunk(step.value)
    else if (signal?.aborted === true) listener.onAbandoned()
    else listener.onDone()
    return step
  }
  const reject = (error: unknown): never => {
    reading.calls -= 1
    listener.onError(error)
    throw error
  }
  replace(iterator, 'next', (next, values) => {
    reading.calls += 1
    const step = next.apply(iterator, values)
    return step instanceof Promise ? step.then(conclude, reject) : conclude(step)
  })
  for (const name of ['return', 'throw']) {
    replace(iterator, name, (method, values) => {
      const result = method.apply(iterator, values)
      listener.onAbandoned()
      return result
    })
  }
  return iterator
}

function isStep(value: unknown): value is { done?: unknown; value?: unknown } {
  return typeof value === 'object' && value !== null
}

function replace(target: object, name: string, call: (original: Method, args: unknown[]) => unknown): void {
  const original: unknown = Reflect.get(target, name)
  if (!isMethod(original)) return
  const value = (...args: unknown[]): unknown => call(original, args)
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false })
}

function contained(observer: StreamObserver): StreamObserver {
  const { reporter } = sdkState()
  return {
    onChunk: reporter.contain(observer.onChunk),
    onDone: () => reporter.guard(() => observer.onDone()),
    onError: reporter.contain(observer.onError),
    onAbandoned: () => reporter.guard(() => observer.onAbandoned()),
  }
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function'
}
