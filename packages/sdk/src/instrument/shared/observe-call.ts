import type { Attributes } from '@opentelemetry/api'

import { DeltaStream } from './delta-stream.ts'
import type { Delta } from './delta-stream.ts'
import { followPromise } from './follow-promise.ts'
import { followStream, isStream } from './follow-stream.ts'
import type { ModelCall } from './model-call.ts'

/** Gathers a streamed answer. */
export interface Accumulator {
  /** Returns what the chunk adds to the model's words, if anything. */
  add(chunk: unknown): Delta | undefined
  attributes(): Attributes
  /** What the stream itself says went wrong, such as a failed response. */
  failure?(): unknown
}

/** Runs a library's call in its span and records what comes of it; returns what the library returned. */
export function observeCall(args: {
  call: ModelCall
  work: () => unknown
  toAttributes: (value: unknown) => Attributes
  /** What a value that arrived in good order says went wrong. */
  toFailure?: (value: unknown) => unknown
  accumulate: () => Accumulator
  /** Where a value holds its stream, if it isn't one itself. */
  streamOf?: (value: unknown) => unknown
}): unknown {
  const { call } = args
  let result: unknown
  try {
    result = call.run(args.work)
  } catch (error) {
    call.fail(error)
    throw error
  }
  return followPromise(result, {
    onValue: (value) => {
      const stream = args.streamOf === undefined ? value : args.streamOf(value)
      if (isStream(stream)) {
        observeStream({ call, stream, gathered: args.accumulate() })
        return
      }
      const failure = args.toFailure?.(value)
      if (failure === undefined) call.finish(() => args.toAttributes(value))
      else call.fail(failure, () => args.toAttributes(value))
    },
    onError: (error) => call.fail(error),
    onRawResponse: () => call.abandon(),
  })
}

function observeStream(args: {
  call: ModelCall
  stream: AsyncIterable<unknown>
  gathered: Accumulator
}): void {
  const { call, gathered } = args
  const attributes = (): Attributes => gathered.attributes()
  const deltas = new DeltaStream(call.span)
  call.streaming(attributes)
  followStream(args.stream, {
    onChunk: (chunk) => {
      const delta = gathered.add(chunk)
      if (delta === undefined) return
      call.firstToken()
      deltas.push(delta)
    },
    onDone: () => {
      deltas.end()
      const failure = gathered.failure?.()
      if (failure === undefined) call.finish(attributes)
      else call.fail(failure, attributes)
    },
    onError: (error) => call.fail(error, attributes),
    onAbandoned: () => call.abandon(attributes),
  })
}
