import { ATTR_EMBEDDING_MODEL_NAME } from '@clew/semconv/attributes'
import type { Attributes, Tracer } from '@opentelemetry/api'

import { sdkState, sdkTracer } from '../../provider/sdk-state.ts'
import { readList, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { setDefined } from '../../values/set-defined.ts'
import { sdkName } from '../../version.ts'
import { prototypeOf } from '../shared/foreign.ts'
import type { ForeignMethod } from '../shared/foreign.ts'
import { installSafely, installed, notInstalled } from '../shared/install-result.ts'
import type { InstallResult } from '../shared/install-result.ts'
import { isRecordedAbove, ModelCall } from '../shared/model-call.ts'
import { observeCall } from '../shared/observe-call.ts'
import { patchMethod } from '../shared/patch-method.ts'
import { accumulateGenerated, toGenerateRequestAttributes, toGenerateResponseAttributes } from './content.ts'

const name = 'googleGenAI'

interface Face {
  method: string
  operation: 'chat' | 'embeddings'
  toRequest: (params: ForeignRecord) => Attributes
  toResponse: (value: unknown) => Attributes
}

// The public methods are bound to each client and end in these; automatic function calls pass here once a turn.
const faces: readonly Face[] = [
  {
    method: 'generateContentInternal',
    operation: 'chat',
    toRequest: toGenerateRequestAttributes,
    toResponse: toGenerateResponseAttributes,
  },
  {
    method: 'generateContentStreamInternal',
    operation: 'chat',
    toRequest: toGenerateRequestAttributes,
    toResponse: toGenerateResponseAttributes,
  },
  {
    method: 'embedContentInternal',
    operation: 'embeddings',
    toRequest: toEmbedRequest,
    toResponse: () => ({}),
  },
]

/** Records calls through `@google/genai`, with a tracer of one's own. */
export function installGoogleGenAIInstrumentation(module: unknown, tracer?: Tracer): InstallResult {
  return installSafely(name, () => {
    const prototype = prototypeOf(module, 'Models')
    if (prototype === undefined) return notInstalled({ name, reason: 'this is not the module @google/genai' })
    const patched = faces.filter((face) =>
      patchMethod({ prototype, name: face.method, wrap: (original) => wrap({ face, original, tracer }) }),
    )
    return patched.length === 0
      ? notInstalled({ name, reason: 'no method to record was found in this version' })
      : installed(name)
  })
}

function wrap(args: { face: Face; original: ForeignMethod; tracer: Tracer | undefined }): ForeignMethod {
  const { face, original } = args
  return function generate(this: unknown, ...values: unknown[]): unknown {
    if (isRecordedAbove()) return original.apply(this, values)
    const params = readRecord(values[0]) ?? {}
    const call = sdkState().reporter.guard(() => {
      const started = new ModelCall({
        tracer: args.tracer ?? sdkTracer(`${sdkName}/google-genai`),
        operation: face.operation,
        model: readText(params['model']),
        system: 'google',
      })
      started.write(() => face.toRequest(params))
      return started
    })
    if (call === undefined || !call.isRecording) return original.apply(this, values)
    return observeCall({
      call,
      work: () => original.apply(this, values),
      toAttributes: face.toResponse,
      accumulate: accumulateGenerated,
    })
  }
}

function toEmbedRequest(params: ForeignRecord): Attributes {
  const attributes: Attributes = {}
  setDefined(attributes, ATTR_EMBEDDING_MODEL_NAME, readText(params['model']))
  const contents = Array.isArray(params['contents']) ? params['contents'] : [params['contents']]
  for (const [index, content] of contents.entries()) {
    const parts = readList(readRecord(content)?.['parts'])
    const text = readText(content) ?? readText(readRecord(parts[0])?.['text'])
    setDefined(attributes, `embedding.embeddings.${index}.embedding.text`, text)
  }
  return attributes
}
