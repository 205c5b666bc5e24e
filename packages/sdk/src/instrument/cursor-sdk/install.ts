import { context as contextApi } from '@opentelemetry/api'
import type { Tracer } from '@opentelemetry/api'

import { sdkState, sdkTracer } from '../../provider/sdk-state.ts'
import { readText } from '../../values/read.ts'
import { sdkName } from '../../version.ts'
import { isMethod, member } from '../shared/foreign.ts'
import type { ForeignMethod } from '../shared/foreign.ts'
import { installSafely, notInstalled } from '../shared/install-result.ts'
import type { InstallResult } from '../shared/install-result.ts'
import { patchMethod } from '../shared/patch-method.ts'
import { followRun, RunRecorder } from './run-recorder.ts'

const name = 'cursorSdk'

/**
 * Wraps `@cursor/sdk`'s agents. Its service can't be run in a test, so that what is wrapped here was checked
 * against the package's types alone and is not claimed to be recorded.
 */
export function installCursorSdkInstrumentation(module: unknown, tracer?: Tracer): InstallResult {
  return installSafely(name, () => {
    const agent = member(module, 'Agent') ?? member(member(module, 'default'), 'Agent')
    if (!isMethod(agent)) return notInstalled({ name, reason: 'this is not the module @cursor/sdk' })
    for (const method of ['create', 'resume'])
      patchMethod({ prototype: agent, name: method, wrap: (original) => wrapOpen(original, tracer) })
    const reason = 'its agents are wrapped, but no test has run against the service: see whether spans arrive'
    return notInstalled({ name, reason })
  })
}

/** An agent's `send` is where its runs begin. */
function wrapOpen(original: ForeignMethod, tracer: Tracer | undefined): ForeignMethod {
  return function open(this: unknown, ...args: unknown[]): unknown {
    const opened = original.apply(this, args)
    return opened instanceof Promise
      ? opened.then((agent: unknown) => followAgent(agent, tracer))
      : followAgent(opened, tracer)
  }
}

function followAgent(agent: unknown, tracer: Tracer | undefined): unknown {
  if (typeof agent === 'object' && agent !== null)
    patchMethod({ prototype: agent, name: 'send', wrap: (send) => wrapSend({ send, agent, tracer }) })
  return agent
}

function wrapSend(args: { send: ForeignMethod; agent: object; tracer: Tracer | undefined }): ForeignMethod {
  const { send, agent, tracer = sdkTracer(`${sdkName}/cursor-sdk`) } = args
  return function sendMessage(this: unknown, ...values: unknown[]): unknown {
    const agentId = readText(member(agent, 'agentId')) ?? ''
    const recorder = sdkState().reporter.guard(() => new RunRecorder({ tracer, agentId, message: values[0] }))
    if (recorder === undefined) return send.apply(this, values)
    const sent = contextApi.with(recorder.started.context, () => send.apply(this, values))
    if (sent instanceof Promise)
      sent.then(
        (run: unknown) => sdkState().reporter.guard(() => followRun(run, recorder)),
        (error: unknown) => recorder.fail(error),
      )
    return sent
  }
}
