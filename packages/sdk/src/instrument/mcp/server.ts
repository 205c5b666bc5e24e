import { context as contextApi, propagation, trace } from '@opentelemetry/api'
import type { Context, Tracer } from '@opentelemetry/api'

import { sdkState } from '../../provider/sdk-state.ts'
import { runInSpan } from '../../spans/run-in-span.ts'
import { readRecord, readText } from '../../values/read.ts'
import { isMethod, member } from '../shared/foreign.ts'
import type { ForeignMethod } from '../shared/foreign.ts'
import { recordResult, startRequest } from './client.ts'

const wrapped = new WeakSet<ForeignMethod>()

/** Runs a server's handlers in the trace of the client that asked, and records tools as they run. */
export function wrapOnRequest(original: ForeignMethod, tracer?: Tracer): ForeignMethod {
  return function onRequest(this: unknown, ...args: unknown[]): unknown {
    const message = readRecord(args[0])
    const carrier = readRecord(readRecord(message?.['params'])?.['_meta'])
    const context =
      carrier === undefined
        ? undefined
        : sdkState().reporter.guard(() => propagation.extract(contextApi.active(), carrier))
    sdkState().reporter.guard(() => wrapToolHandler(this, tracer))
    const run = (): unknown => original.apply(this, args)
    return context === undefined ? run() : contextApi.with(context, run)
  }
}

/** Handlers are kept by method; that of tools is exchanged for one that records, once. */
function wrapToolHandler(server: unknown, tracer: Tracer | undefined): void {
  const handlers = member(server, '_requestHandlers')
  if (!(handlers instanceof Map)) return
  const handler: unknown = handlers.get('tools/call')
  if (!isMethod(handler) || wrapped.has(handler)) return
  const info = readText(readRecord(member(server, '_serverInfo'))?.['name'])
  const followed: ForeignMethod = function handle(this: unknown, ...args: unknown[]): unknown {
    const message = readRecord(args[0])
    if (message === undefined) return handler.apply(this, args)
    return runInSpan(
      () =>
        startRequest({ tracer, message, method: 'tools/call', server: info, parent: serverParent(message) }),
      (span) => {
        const result = handler.apply(this, args)
        if (result instanceof Promise)
          result.then(
            (value: unknown) => recordResult(span, value),
            () => undefined,
          )
        return result
      },
    )
  }
  wrapped.add(followed)
  handlers.set('tools/call', followed)
}

/** The caller's context; some versions run handlers outside of the request's own. */
function serverParent(message: { readonly [key: string]: unknown }): Context {
  const active = contextApi.active()
  if (trace.getSpanContext(active) !== undefined) return active
  const carrier = readRecord(readRecord(message['params'])?.['_meta'])
  return carrier === undefined ? active : propagation.extract(active, carrier)
}
