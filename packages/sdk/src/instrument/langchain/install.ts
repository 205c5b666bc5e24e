import type { Tracer } from '@opentelemetry/api'

import { enterContext } from '../../provider/enter-context.ts'
import { sdkState } from '../../provider/sdk-state.ts'
import { readText } from '../../values/read.ts'
import { sdkName } from '../../version.ts'
import { isMethod, member, methodOf, prototypeOf } from '../shared/foreign.ts'
import type { ForeignMethod } from '../shared/foreign.ts'
import { installSafely, installed, notInstalled } from '../shared/install-result.ts'
import type { InstallResult } from '../shared/install-result.ts'
import { patchMethod } from '../shared/patch-method.ts'
import { LangChainHandler } from './handler.ts'

const name = 'langchainCallbacksManager'

/** Records every run of LangChain and LangGraph; takes `@langchain/core/callbacks/manager`. */
export function installLangChainInstrumentation(module: unknown, tracer?: Tracer): InstallResult {
  return installSafely(name, () => {
    const manager = member(module, 'CallbackManager') ?? member(member(module, 'default'), 'CallbackManager')
    const prototype = prototypeOf(module, 'CallbackManager')
    if (!isMethod(manager) || prototype === undefined) {
      return notInstalled({ name, reason: 'this is not the module @langchain/core/callbacks/manager' })
    }
    const handler = new LangChainHandler(tracer)
    const configure = isMethod(member(manager, '_configureSync')) ? '_configureSync' : 'configure'
    const isPatched = patchMethod({
      prototype: manager,
      name: configure,
      wrap: (original) => wrapConfigure({ original, handler }),
    })
    if (!isPatched) return notInstalled({ name, reason: 'CallbackManager has no configure to patch' })
    for (const start of ['handleLLMStart', 'handleChatModelStart'])
      patchMethod({ prototype, name: start, wrap: (original) => wrapModelStart({ original, handler }) })
    for (const className of [
      'CallbackManagerForChainRun',
      'CallbackManagerForToolRun',
      'CallbackManagerForRetrieverRun',
    ]) {
      const run = prototypeOf(module, className)
      if (run !== undefined)
        patchMethod({
          prototype: run,
          name: 'getChild',
          wrap: (original) => wrapGetChild({ original, handler }),
        })
    }
    return installed(name)
  })
}

interface Wrapping {
  original: ForeignMethod
  handler: LangChainHandler
}

/** Every run configures its callbacks here, so every run gets our handler, once. */
function wrapConfigure({ original, handler }: Wrapping): ForeignMethod {
  return function configure(this: unknown, ...args: unknown[]): unknown {
    const add = (configured: unknown): unknown =>
      sdkState().reporter.guard(() => addHandler({ owner: this, configured, handler })) ?? configured
    const configured = original.apply(this, args)
    return configured instanceof Promise ? configured.then(add) : add(configured)
  }
}

function addHandler(args: { owner: unknown; configured: unknown; handler: LangChainHandler }): unknown {
  const { owner, handler } = args
  if (sdkState().pipeline === undefined) return args.configured
  const manager = args.configured ?? (isMethod(owner) ? Reflect.construct(owner, []) : undefined)
  const handlers = member(manager, 'handlers')
  const names = Array.isArray(handlers) ? handlers.map((one) => readText(member(one, 'name'))) : []
  const isTold = sdkState().hasLangSmithBridge && names.includes('langchain_tracer')
  if (!names.includes(sdkName) && !isTold) methodOf(manager, 'addHandler')?.(handler, true)
  return manager
}

/** A model's own requests come right after, in the same asynchronous step: they belong to its call. */
function wrapModelStart({ original, handler }: Wrapping): ForeignMethod {
  return function handleStart(this: unknown, ...args: unknown[]): unknown {
    const started = original.apply(this, args)
    sdkState().reporter.guard(() => {
      const context = handler.takeStartedModel()
      if (context !== undefined) enterContext(context)
    })
    return started
  }
}

/** Asked for right before a run's work starts, past the framework's own `await`. */
function wrapGetChild({ original, handler }: Wrapping): ForeignMethod {
  return function getChild(this: unknown, ...args: unknown[]): unknown {
    sdkState().reporter.guard(() => {
      const context = handler.contextOf(readText(member(this, 'runId')) ?? '')
      if (context !== undefined) enterContext(context)
    })
    return original.apply(this, args)
  }
}
