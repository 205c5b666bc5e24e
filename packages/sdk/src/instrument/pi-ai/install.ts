import type { Tracer } from '@opentelemetry/api'

import { sdkState, sdkTracer } from '../../provider/sdk-state.ts'
import { readList, readRecord, readText } from '../../values/read.ts'
import { sdkName } from '../../version.ts'
import { DeltaStream } from '../shared/delta-stream.ts'
import type { DeltaChannel } from '../shared/delta-stream.ts'
import { isMethod, methodOf } from '../shared/foreign.ts'
import type { ForeignMethod } from '../shared/foreign.ts'
import { installSafely, installed, notInstalled } from '../shared/install-result.ts'
import type { InstallResult } from '../shared/install-result.ts'
import { isRecordedAbove, ModelCall } from '../shared/model-call.ts'
import { patchMethod } from '../shared/patch-method.ts'
import { toPiRequestAttributes, toPiResponseAttributes } from './message.ts'

const name = 'piAi'

/** Records calls through the providers that `@mariozechner/pi-ai` has registered. */
export function installPiAiInstrumentation(module: unknown, tracer?: Tracer): InstallResult {
  return installSafely(name, () => {
    const providers = readList(methodOf(module, 'getApiProviders')?.())
    const patched = providers.filter(
      (provider) =>
        typeof provider === 'object' &&
        provider !== null &&
        ['stream', 'streamSimple']
          .map((method) =>
            patchMethod({
              prototype: provider,
              name: method,
              wrap: (original) => wrapStream(original, tracer),
            }),
          )
          .includes(true),
    )
    return patched.length > 0
      ? installed(name)
      : notInstalled({
          name,
          reason: 'this is not the module @mariozechner/pi-ai, or no provider is registered yet',
        })
  })
}

function wrapStream(original: ForeignMethod, ownTracer: Tracer | undefined): ForeignMethod {
  return function stream(this: unknown, ...values: unknown[]): unknown {
    if (isRecordedAbove()) return original.apply(this, values)
    const model = readRecord(values[0]) ?? {}
    const call = sdkState().reporter.guard(() => {
      const started = new ModelCall({
        tracer: ownTracer ?? sdkTracer(`${sdkName}/pi-ai`),
        operation: 'chat',
        model: readText(model['id']),
        system: readText(model['provider']) ?? 'pi-ai',
      })
      started.write(() => toPiRequestAttributes(readRecord(values[1]) ?? {}, readRecord(values[2]) ?? {}))
      return started
    })
    if (call === undefined || !call.isRecording) return original.apply(this, values)
    try {
      const events = call.run(() => original.apply(this, values))
      followPush(events, call)
      return events
    } catch (error) {
      call.fail(error)
      throw error
    }
  }
}

const channels = new Map<string, DeltaChannel>([
  ['text_delta', 'text'],
  ['thinking_delta', 'reasoning'],
  ['toolcall_delta', 'arguments'],
])

/** Providers push events whether anybody reads them or not, so that is where to listen. */
function followPush(events: unknown, call: ModelCall): void {
  if (typeof events !== 'object' || events === null) return
  const push: unknown = Reflect.get(events, 'push')
  if (!isMethod(push)) return
  const deltas = new DeltaStream(call.span)
  let last: unknown
  call.streaming(() => toPiResponseAttributes(last))
  const followed = (...args: unknown[]): unknown => {
    sdkState().reporter.guard(() => {
      const event = readRecord(args[0])
      const type = readText(event?.['type']) ?? ''
      last = event?.['partial'] ?? last
      const channel = channels.get(type)
      if (channel !== undefined) {
        call.firstToken()
        deltas.push({ channel, text: readText(event?.['delta']) ?? '' })
      }
      if (type === 'done' || type === 'error') deltas.end()
      if (type === 'done') call.finish(() => toPiResponseAttributes(event?.['message']))
      if (type === 'error')
        call.fail(toFailure(event?.['error']), () => toPiResponseAttributes(event?.['error']))
    })
    return push.apply(events, args)
  }
  Object.defineProperty(events, 'push', {
    value: followed,
    configurable: true,
    writable: true,
    enumerable: false,
  })
}

function toFailure(value: unknown): Error {
  const message = readRecord(value)
  const error = new Error(readText(message?.['errorMessage']) ?? 'the model failed')
  error.name = message?.['stopReason'] === 'aborted' ? 'AbortError' : 'ModelError'
  error.stack = ''
  return error
}
