import type { Tracer } from '@opentelemetry/api'

import { sdkState, sdkTracer } from '../../provider/sdk-state.ts'
import { readRecord, readText } from '../../values/read.ts'
import { sdkName } from '../../version.ts'
import type { InstallResult } from '../shared/install-result.ts'
import { ModelCall } from '../shared/model-call.ts'
import { observeCall } from '../shared/observe-call.ts'
import { patchMethod } from '../shared/patch-method.ts'
import { accumulateMessage } from './accumulate-message.ts'
import { toMessageResponseAttributes, toMessagesRequestAttributes } from './messages.ts'

type Method = (this: unknown, ...args: unknown[]) => unknown

const resourcePaths = [['Messages'], ['Beta', 'Messages']] as const

/** Records calls through an `@anthropic-ai/sdk` module or its client class, with a tracer of one's own. */
export function installAnthropicInstrumentation(module: unknown, tracer?: Tracer): InstallResult {
  const result = sdkState().reporter.guard(() => install(module, tracer))
  return result ?? { name: 'anthropic', state: 'failed', reason: 'a fault while patching was contained' }
}

function install(module: unknown, tracer: Tracer | undefined): InstallResult {
  const clients = [
    module,
    member(module, 'Anthropic'),
    member(module, 'default'),
    member(module, 'BaseAnthropic'),
  ]
  const prototypes = clients.flatMap((client) =>
    resourcePaths.map((path) => member(path.reduce(member, client), 'prototype')),
  )
  const patched = prototypes.filter(
    (prototype) =>
      typeof prototype === 'object' &&
      prototype !== null &&
      patchMethod({ prototype, name: 'create', wrap: (original) => wrapCreate({ original, tracer }) }),
  )
  if (patched.length === 0) {
    return {
      name: 'anthropic',
      state: 'failed',
      reason: 'this is not the @anthropic-ai/sdk module or its client class',
    }
  }
  const version = readText(member(module, 'VERSION'))
  return { name: 'anthropic', state: 'patched', ...(version === undefined ? {} : { version }) }
}

function wrapCreate(args: { original: Method; tracer: Tracer | undefined }): Method {
  const { original } = args
  return function create(this: unknown, ...values: unknown[]): unknown {
    const body = readRecord(values[0]) ?? {}
    const call = sdkState().reporter.guard(() => {
      const tracer = args.tracer ?? sdkTracer(`${sdkName}/anthropic`)
      const started = new ModelCall({
        tracer,
        operation: 'chat',
        model: readText(body['model']),
        system: 'anthropic',
      })
      started.write(() => toMessagesRequestAttributes(body))
      leaveNativeOut(values[1], started)
      return started
    })
    if (call === undefined || !call.isRecording) return original.apply(this, values)
    return observeCall({
      call,
      work: () => original.apply(this, values),
      toAttributes: toMessageResponseAttributes,
      accumulate: accumulateMessage,
    })
  }
}

/** The stream helper starts the library's own span before it calls `create`, and hands it over in the options. */
function leaveNativeOut(options: unknown, call: ModelCall): void {
  const native = member(member(options, '__span'), 'span')
  const spanContext = member(native, 'spanContext')
  if (typeof spanContext !== 'function') return
  const spanId = readText(readRecord(spanContext.call(native))?.['spanId'])
  if (spanId !== undefined) sdkState().attached?.processor.leaveOut(spanId, call.span.spanContext())
}

function member(value: unknown, name: string): unknown {
  const holds = (typeof value === 'object' && value !== null) || typeof value === 'function'
  return holds ? Reflect.get(value, name) : undefined
}
