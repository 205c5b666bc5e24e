import type { Attributes, Tracer } from '@opentelemetry/api'

import { sdkState, sdkTracer } from '../../provider/sdk-state.ts'
import { readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { sdkName } from '../../version.ts'
import { member, versionOf } from '../shared/foreign.ts'
import { installSafely, installed, notInstalled } from '../shared/install-result.ts'
import type { InstallResult } from '../shared/install-result.ts'
import { isRecordedAbove, ModelCall } from '../shared/model-call.ts'
import { observeCall } from '../shared/observe-call.ts'
import type { Accumulator } from '../shared/observe-call.ts'
import { patchMethod } from '../shared/patch-method.ts'
import { toChatRequestAttributes } from './chat-request.ts'
import { accumulateChat, toChatResponseAttributes } from './chat-response.ts'
import { toEmbeddingsRequestAttributes, toEmbeddingsResponseAttributes } from './embeddings.ts'
import {
  accumulateResponse,
  toResponseAttributes,
  toResponseFailure,
  toResponsesRequestAttributes,
} from './responses.ts'

interface Face {
  path: readonly string[]
  operation: 'chat' | 'embeddings'
  toRequest: (body: ForeignRecord) => Attributes
  toResponse: (value: unknown) => Attributes
  toFailure?: (value: unknown) => unknown
  accumulate: () => Accumulator
}

const faces: readonly Face[] = [
  {
    path: ['Chat', 'Completions'],
    operation: 'chat',
    toRequest: toChatRequestAttributes,
    toResponse: toChatResponseAttributes,
    accumulate: accumulateChat,
  },
  {
    path: ['Responses'],
    operation: 'chat',
    toRequest: toResponsesRequestAttributes,
    toResponse: toResponseAttributes,
    toFailure: toResponseFailure,
    accumulate: accumulateResponse,
  },
  {
    path: ['Embeddings'],
    operation: 'embeddings',
    toRequest: toEmbeddingsRequestAttributes,
    toResponse: toEmbeddingsResponseAttributes,
    accumulate: accumulateChat,
  },
]

/** Records calls through an `openai` module or its client class, with a tracer of one's own. */
export function installOpenAIInstrumentation(module: unknown, tracer?: Tracer): InstallResult {
  return installSafely('openai', () => install(module, tracer))
}

function install(module: unknown, tracer: Tracer | undefined): InstallResult {
  const version = versionOf(module)
  const client = findClient(module)
  if (client === undefined) {
    const reason = 'this is not the openai module or its client class'
    return notInstalled({ name: 'openai', version, reason })
  }
  const patched = faces.filter((face) => {
    const prototype = prototypeAt(client, face.path)
    return (
      prototype !== undefined &&
      patchMethod({ prototype, name: 'create', wrap: (original) => wrapCreate({ face, original, tracer }) })
    )
  })
  if (patched.length === 0)
    return notInstalled({ name: 'openai', version, reason: 'no method to record was found' })
  return installed('openai', version)
}

function wrapCreate(args: {
  face: Face
  original: (this: unknown, ...args: unknown[]) => unknown
  tracer: Tracer | undefined
}): (this: unknown, ...args: unknown[]) => unknown {
  const { face, original } = args
  return function create(this: unknown, ...values: unknown[]): unknown {
    if (isRecordedAbove()) return original.apply(this, values)
    const body = readRecord(values[0]) ?? {}
    const call = sdkState().reporter.guard(() => {
      const tracer = args.tracer ?? sdkTracer(`${sdkName}/openai`)
      const started = new ModelCall({
        tracer,
        operation: face.operation,
        model: readText(body['model']),
        system: 'openai',
        provider: providerOf(this),
      })
      started.write(() => face.toRequest(body))
      return started
    })
    if (call === undefined || !call.isRecording) return original.apply(this, values)
    return observeCall({
      call,
      work: () => original.apply(this, values),
      toAttributes: face.toResponse,
      accumulate: face.accumulate,
      ...(face.toFailure === undefined ? {} : { toFailure: face.toFailure }),
    })
  }
}

/** OpenAI's client speaks to many providers; its base URL says to which. */
function providerOf(resource: unknown): string {
  const client =
    typeof resource === 'object' && resource !== null ? Reflect.get(resource, '_client') : undefined
  const url = readText(readRecord(client)?.['baseURL']) ?? ''
  if (/\.azure\.com/.test(url)) return 'azure'
  const known = /\/\/(?:api\.|[\w-]+\.)?(groq|mistral|deepseek|together|openrouter|x)\.(?:com|ai|xyz)/.exec(
    url,
  )?.[1]
  return known === 'x' ? 'xai' : (known ?? 'openai')
}

function findClient(module: unknown): unknown {
  const candidates = [
    module,
    member(module, 'OpenAI'),
    member(module, 'default'),
    member(member(module, 'default'), 'OpenAI'),
  ]
  return candidates.find((candidate) => faces.some((face) => prototypeAt(candidate, face.path) !== undefined))
}

function prototypeAt(client: unknown, path: readonly string[]): object | undefined {
  let current = client
  for (const name of path) current = member(current, name)
  const prototype = member(current, 'prototype')
  return typeof prototype === 'object' &&
    prototype !== null &&
    typeof Reflect.get(prototype, 'create') === 'function'
    ? prototype
    : undefined
}
