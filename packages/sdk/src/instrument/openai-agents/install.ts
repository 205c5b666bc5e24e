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
      tellFirst(provider, { method: 'createTrace', tell: (made) => processor.onTraceStart(made) })
      tellFirst(provider, { method: 'createSpan', tell: (made) => processor.onSpanStart(made) })
      sdkState().frameworks.push((active) => {
        const spanId = currentSpanId()
        return spanId === undefined ? undefined : processor.contextOf(spanId, active)
      })
    }
    return installed(name)
  })
}

const disabledId = 'no-op'

/**
 * Processors are told of a start one after the other, each once the one before it has answered: with the framework's own
 * ahead of ours a model could be called before we know of the span around it. So a start is told before it happens; that
 * the processor hears of it again says nothing new.
 */
function tellFirst(provider: object, hook: { method: string; tell: (made: unknown) => Promise<void> }): void {
  patchMethod({
    prototype: provider,
    name: hook.method,
    wrap: (original) =>
      function create(this: unknown, ...args: unknown[]): unknown {
        const made = original.apply(this, args)
        const start = methodOf(made, 'start')
        if (typeof made !== 'object' || made === null || start === undefined) return made
        if (member(made, 'traceId') === disabledId) return made
        Object.defineProperty(made, 'start', {
          configurable: true,
          writable: true,
          value: (): unknown => {
            void hook.tell(made)
            return start()
          },
        })
        return made
      },
  })
}

/** All copies of the framework share one storage, under a global symbol. */
function currentSpanId(): string | undefined {
  const storage: unknown = Reflect.get(globalThis, storageKey)
  if (!isMethod(member(storage, 'getStore'))) return undefined
  const store = methodOf(storage, 'getStore')?.()
  return member(store, 'active') === true ? readText(member(member(store, 'span'), 'spanId')) : undefined
}
