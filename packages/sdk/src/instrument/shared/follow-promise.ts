import { sdkState } from '../../provider/sdk-state.ts'

/** What a call's promise tells. Each is called at most once, except that an error may follow a response. */
export interface PromiseObserver {
  onValue: (value: unknown) => void
  onError: (error: unknown) => void
  /** The caller took the raw response; its body is the caller's alone. */
  onRawResponse: (response: unknown) => void
}

type Method = (...args: unknown[]) => unknown

interface ApiPromise {
  responsePromise: Promise<unknown>
  parseResponse: Method
  asResponse: Method
  _thenUnwrap: Method
}

/**
 * Listens to what a client library returns without changing what it is. The lazy promises of OpenAI and
 * Anthropic stay themselves: the body is parsed when the caller asks for it and only once, raw responses are
 * not read, and a rejection that nobody handles is still reported as unhandled.
 */
export function followPromise(result: unknown, observer: PromiseObserver): unknown {
  if (isApiPromise(result)) return followApiPromise(result, contained(observer))
  if (!(result instanceof Promise)) {
    if (!isThenable(result)) contained(observer).onValue(result)
    return result
  }
  const { onValue, onError } = contained(observer)
  return result.then(
    (value: unknown) => {
      onValue(value)
      return value
    },
    (error: unknown) => {
      onError(error)
      throw error
    },
  )
}

function followApiPromise(promise: ApiPromise, observer: PromiseObserver): ApiPromise {
  let isParsing = false
  const parse = promise.parseResponse
  promise.responsePromise = rethrowing(promise.responsePromise, observer)
  promise.parseResponse = function parseResponse(...args: unknown[]): unknown {
    isParsing = true
    const parsed = parse.apply(promise, args)
    if (!(parsed instanceof Promise)) {
      observer.onValue(parsed)
      return parsed
    }
    return rethrowing(
      parsed.then((value: unknown) => {
        observer.onValue(value)
        return value
      }),
      observer,
    )
  }
  followRaw(promise, (response) => {
    if (!isParsing) observer.onRawResponse(response)
  })
  return promise
}

/** Raw responses can be taken from the promise itself or from one that `parse()` helpers derive from it. */
function followRaw(promise: ApiPromise, onResponse: (response: unknown) => void): void {
  const { asResponse, _thenUnwrap: thenUnwrap } = promise
  hide(promise, 'asResponse', () => {
    const response = asResponse.call(promise)
    if (!(response instanceof Promise)) return response
    return response.then((value: unknown) => {
      onResponse(value)
      return value
    })
  })
  hide(promise, '_thenUnwrap', (transform: unknown) => {
    const derived = thenUnwrap.call(promise, transform)
    if (isApiPromise(derived)) followRaw(derived, onResponse)
    return derived
  })
}

function rethrowing(promise: Promise<unknown>, observer: PromiseObserver): Promise<unknown> {
  return promise.catch((error: unknown) => {
    observer.onError(error)
    throw error
  })
}

function contained(observer: PromiseObserver): PromiseObserver {
  const { reporter } = sdkState()
  return {
    onValue: reporter.contain(observer.onValue),
    onError: reporter.contain(observer.onError),
    onRawResponse: reporter.contain(observer.onRawResponse),
  }
}

function hide(target: object, name: string, value: Method): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false })
}

function isApiPromise(value: unknown): value is ApiPromise {
  return (
    value instanceof Promise &&
    'responsePromise' in value &&
    value.responsePromise instanceof Promise &&
    ['parseResponse', 'asResponse', '_thenUnwrap'].every(
      (name) => typeof Reflect.get(value, name) === 'function',
    )
  )
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'then') === 'function'
}
