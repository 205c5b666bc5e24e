import type { Tracer } from '@opentelemetry/api'

import { sdkState } from '../../provider/sdk-state.ts'
import { readList, readText } from '../../values/read.ts'
import { isMethod, member, methodOf } from '../shared/foreign.ts'
import { installSafely, installed, notInstalled } from '../shared/install-result.ts'
import type { InstallResult } from '../shared/install-result.ts'
import { patchMethod } from '../shared/patch-method.ts'
import { AgentsTraceProcessor } from './processor.ts'

const name = 'openaiAgents'
const marker = Symbol.for('clew.openai-agents')
const storageKey = Symbol.for('openai.agents.core.asyncLocalStorage')

/** Records the OpenAI Agents SDK through its own trace processors, beside whatever else listens there. */
export function installOpenAIAgentsInstrumentation(module: unknown, tracer?: Tracer): InstallResult {
  return installSafely(name, () => {
    const provider = methodOf(module, 'getGlobalTraceProvider')?.()
    const add = methodOf(module, 'addTraceProcessor')
    if (add === undefined || typeof provider !== 'object' || provider === null) {
      return notInstalled({ name, reason: 'this is not the module @openai/agents' })
    }
    if (Reflect.get(provider, marker) !== true) {
      Object.defineProperty(provider, marker, { value: true })
      const processor = new AgentsTraceProcessor(tracer)
      add(processor)
      // `setTraceProcessors` is how apps switch off the export to OpenAI; ours stays.
      patchMethod({
        prototype: provider,
        name: 'setProcessors',
        wrap: (original) =>
          function setProcessors(this: unknown, ...args: unknown[]): unknown {
            return original.call(this, [...readList(args[0]), processor])
          },
      })
      sdkState().frameworks.push((active) => {
        const spanId = currentSpanId()
        return spanId === undefined ? undefined : processor.contextOf(spanId, active)
      })
    }
    return installed(name)
  })
}

/** All copies of the framework share one storage, under a global symbol. */
function currentSpanId(): string | undefined {
  const storage: unknown = Reflect.get(globalThis, storageKey)
  if (!isMethod(member(storage, 'getStore'))) return undefined
  const store = methodOf(storage, 'getStore')?.()
  return member(store, 'active') === true ? readText(member(member(store, 'span'), 'spanId')) : undefined
}
