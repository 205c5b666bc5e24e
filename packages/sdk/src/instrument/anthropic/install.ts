import type { Tracer } from '@opentelemetry/api'

import { sdkState, sdkTracer } from '../../provider/sdk-state.ts'
import { readRecord, readText } from '../../values/read.ts'
import { sdkName } from '../../version.ts'
import { member, versionOf } from '../shared/foreign.ts'
import type { ForeignMethod } from '../shared/foreign.ts'
import { installSafely, installed, notInstalled } from '../shared/install-result.ts'
import type { InstallResult } from '../shared/install-result.ts'
import { isRecordedAbove, ModelCall } from '../shared/model-call.ts'
import { observeCall } from '../shared/observe-call.ts'
import { patchMethod } from '../shared/patch-method.ts'
import { accumulateMessage } from './accumulate-message.ts'
import { toMessageResponseAttributes, toMessagesRequestAttributes } from './messages.ts'

const resourcePaths = [['Messages'], ['Beta', 'Messages']] as const

/** Records calls through an `@anthropic-ai/sdk` module or its client class, with a tracer of one's own. */
export function installAnthropicInstrumentation(module: unknown, tracer?: Tracer): InstallResult {
  return installSafely('anthropic', () => install(module, tracer))
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
  const version = versionOf(module)
  if (patched.length === 0) {
    const reason = 'this is not the @anthropic-ai/sdk module or its client class'
    return notInstalled({ name: 'anthropic', version, reason })
  }
  return installed('anthropic', version)
}

function wrapCreate(args: { original: ForeignMethod; tracer: Tracer | undefined }): ForeignMethod {
  const { original } = args
  return function create(this: unknown, ...values: unknown[]): unknown {
    if (isRecordedAbove()) return original.apply(this, values)
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
