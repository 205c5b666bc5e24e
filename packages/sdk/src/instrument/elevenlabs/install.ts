import { context as contextApi } from '@opentelemetry/api'
import type { Tracer } from '@opentelemetry/api'

import { sdkState, sdkTracer } from '../../provider/sdk-state.ts'
import { runInSpan } from '../../spans/run-in-span.ts'
import { startAgent, startManual } from '../../spans/start-span.ts'
import type { StartedSpan } from '../../spans/start-span.ts'
import { readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { sdkName } from '../../version.ts'
import { isMethod, member } from '../shared/foreign.ts'
import type { ForeignMethod } from '../shared/foreign.ts'
import { installSafely, notInstalled } from '../shared/install-result.ts'
import type { InstallResult } from '../shared/install-result.ts'
import { patchMethod } from '../shared/patch-method.ts'

const name = 'elevenlabs'

/**
 * Wraps conversations of `@elevenlabs/client`: each session is an agent's run, with the tools that it calls here.
 * The service can't be run in a test, so that this is not claimed to be recorded.
 */
export function installElevenLabsInstrumentation(module: unknown, tracer?: Tracer): InstallResult {
  return installSafely(name, () => {
    const faces = [
      module,
      member(module, 'Conversation'),
      member(module, 'TextConversation'),
      member(module, 'VoiceConversation'),
    ]
    const patched = faces.filter(
      (face) =>
        isHolder(face) &&
        patchMethod({
          prototype: face,
          name: 'startSession',
          wrap: (original) => wrapStart(original, tracer),
        }),
    )
    const reason =
      patched.length > 0
        ? 'its conversations are wrapped, but no test has run one against the service: see whether spans arrive'
        : 'this is not the module @elevenlabs/client, or its Conversation cannot be changed'
    return notInstalled({ name, reason })
  })
}

const sessions = new WeakSet<object>()

function wrapStart(original: ForeignMethod, ownTracer: Tracer | undefined): ForeignMethod {
  return function startSession(this: unknown, ...args: unknown[]): unknown {
    const options = readRecord(args[0])
    // `Conversation` hands over to the class for text or voice, with the options that we gave it.
    if (options === undefined || sessions.has(options)) return original.apply(this, args)
    const tracer = ownTracer ?? sdkTracer(`${sdkName}/elevenlabs`)
    const session = sdkState().reporter.guard(() => recordSession({ tracer, options }))
    if (session === undefined) return original.apply(this, args)
    const result = contextApi.with(session.started.context, () =>
      original.apply(this, [session.options, ...args.slice(1)]),
    )
    if (result instanceof Promise)
      result.then(
        () => undefined,
        (error: unknown) => session.started.handle.recordError(error).end(),
      )
    return result
  }
}

function recordSession(args: { tracer: Tracer; options: ForeignRecord }): {
  options: ForeignRecord
  started: StartedSpan
} {
  const { tracer, options } = args
  const agentId = readText(options['agentId']) ?? 'elevenlabs'
  const started = startAgent(tracer, { agentId })
  const { handle } = started
  const { reporter } = sdkState()
  let hasInput = false
  const on = (key: string, listen: (value: ForeignRecord) => void): ForeignMethod => {
    const own = options[key]
    return function listener(this: unknown, ...values: unknown[]): unknown {
      reporter.guard(() => listen(readRecord(values[0]) ?? { message: values[0] }))
      return isMethod(own) ? own.apply(this, values) : undefined
    }
  }
  const followed: ForeignRecord = {
    ...options,
    clientTools: wrapTools({ tracer, tools: readRecord(options['clientTools']) ?? {}, started }),
    onConnect: on('onConnect', (event) => handle.setAttribute('session.id', event['conversationId'])),
    onMessage: on('onMessage', (event) => {
      const text = readText(event['message']) ?? ''
      const isUser = (event['source'] ?? event['role']) === 'user'
      handle.addEvent(isUser ? 'gen_ai.user.message' : 'gen_ai.assistant.message', { content: text })
      if (isUser && !hasInput) handle.setInput(text)
      if (isUser) hasInput = true
      else handle.setOutput(text)
    }),
    onError: on('onError', (event) =>
      handle.recordError(new Error(readText(event['message']) ?? 'the conversation failed')),
    ),
    onDisconnect: on('onDisconnect', (event) => {
      const reason = readText(event['reason'])
      if (reason !== undefined) handle.setStopReason(reason)
      if (reason === 'error') handle.recordError(new Error(readText(event['message']) ?? 'disconnected'))
      handle.end()
    }),
  }
  sessions.add(followed)
  return { options: followed, started }
}

function wrapTools(args: { tracer: Tracer; tools: ForeignRecord; started: StartedSpan }): ForeignRecord {
  const { tracer, tools, started } = args
  const wrapped = Object.entries(tools).map(([toolName, tool]) => {
    if (!isMethod(tool)) return [toolName, tool] as const
    const followed: ForeignMethod = function followed(this: unknown, ...values: unknown[]): unknown {
      return runInSpan(
        () =>
          startManual(tracer, {
            spanName: toolName,
            spanKind: 'TOOL',
            toolName,
            input: values[0],
            parentContext: started.context,
          }),
        (span) => {
          const result = tool.apply(this, values)
          if (result instanceof Promise)
            result.then(
              (value: unknown) => span.setOutput(value),
              () => undefined,
            )
          else span.setOutput(result)
          return result
        },
      )
    }
    return [toolName, followed] as const
  })
  return Object.fromEntries(wrapped)
}

function isHolder(value: unknown): value is object {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    isMethod(member(value, 'startSession'))
  )
}
