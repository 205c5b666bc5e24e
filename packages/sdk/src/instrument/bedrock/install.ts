import type { Attributes, Tracer } from '@opentelemetry/api'

import { sdkState, sdkTracer } from '../../provider/sdk-state.ts'
import { readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { sdkName } from '../../version.ts'
import { member, prototypeOf } from '../shared/foreign.ts'
import type { ForeignMethod } from '../shared/foreign.ts'
import { installSafely, installed, notInstalled } from '../shared/install-result.ts'
import type { InstallResult } from '../shared/install-result.ts'
import { isRecordedAbove, ModelCall } from '../shared/model-call.ts'
import { observeCall } from '../shared/observe-call.ts'
import type { Accumulator } from '../shared/observe-call.ts'
import { patchMethod } from '../shared/patch-method.ts'
import { accumulateConverse, toConverseRequestAttributes, toConverseResponseAttributes } from './converse.ts'
import { accumulateInvoked, toInvokeRequestAttributes, toInvokeResponseAttributes } from './invoke-model.ts'

const name = 'bedrock'

interface Face {
  toRequest: (input: ForeignRecord) => Attributes
  toResponse: (value: unknown) => Attributes
  streamOf?: (value: unknown) => unknown
  accumulate: () => Accumulator
}

const converse: Face = {
  toRequest: toConverseRequestAttributes,
  toResponse: toConverseResponseAttributes,
  accumulate: accumulateConverse,
}
const invoke: Face = {
  toRequest: toInvokeRequestAttributes,
  toResponse: toInvokeResponseAttributes,
  accumulate: accumulateInvoked,
}
const commands = new Map<string, Face>([
  ['ConverseCommand', converse],
  ['ConverseStreamCommand', { ...converse, streamOf: (value) => member(value, 'stream') }],
  ['InvokeModelCommand', invoke],
  ['InvokeModelWithResponseStreamCommand', { ...invoke, streamOf: (value) => member(value, 'body') }],
])

/** Records calls of models through `@aws-sdk/client-bedrock-runtime`, with a tracer of one's own. */
export function installBedrockInstrumentation(module: unknown, tracer?: Tracer): InstallResult {
  return installSafely(name, () => {
    const prototype = prototypeOf(module, 'BedrockRuntimeClient')
    const isPatched =
      prototype !== undefined &&
      patchMethod({ prototype, name: 'send', wrap: (original) => wrapSend(original, tracer) })
    return isPatched
      ? installed(name)
      : notInstalled({ name, reason: 'this is not the module @aws-sdk/client-bedrock-runtime' })
  })
}

function wrapSend(original: ForeignMethod, ownTracer: Tracer | undefined): ForeignMethod {
  return function send(this: unknown, ...values: unknown[]): unknown {
    const face = commands.get(readText(member(member(values[0], 'constructor'), 'name')) ?? '')
    // The callback style is left alone: it has no result to follow.
    const hasCallback = values.slice(1).some((value) => typeof value === 'function')
    if (face === undefined || hasCallback || isRecordedAbove()) return original.apply(this, values)
    const input = readRecord(member(values[0], 'input')) ?? {}
    const call = sdkState().reporter.guard(() => {
      const started = new ModelCall({
        tracer: ownTracer ?? sdkTracer(`${sdkName}/bedrock`),
        operation: 'chat',
        model: readText(input['modelId']),
        system: 'aws.bedrock',
      })
      started.write(() => face.toRequest(input))
      return started
    })
    if (call === undefined || !call.isRecording) return original.apply(this, values)
    return observeCall({
      call,
      work: () => original.apply(this, values),
      toAttributes: face.toResponse,
      accumulate: face.accumulate,
      ...(face.streamOf === undefined ? {} : { streamOf: face.streamOf }),
    })
  }
}
