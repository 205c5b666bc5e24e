import { ATTR_MCP_METHOD_NAME } from '@clew/semconv/attributes'
import { context as contextApi, propagation } from '@opentelemetry/api'
import type { Context, Tracer } from '@opentelemetry/api'

import { activeContext, sdkState, sdkTracer } from '../../provider/sdk-state.ts'
import { runInSpan } from '../../spans/run-in-span.ts'
import { startManual } from '../../spans/start-span.ts'
import type { StartedSpan } from '../../spans/start-span.ts'
import { readList, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { sdkName } from '../../version.ts'
import { methodOf } from '../shared/foreign.ts'
import type { ForeignMethod } from '../shared/foreign.ts'

/** Methods worth a span; the rest is housekeeping of the protocol. */
const steps = new Map<string, 'TOOL' | 'RETRIEVER' | 'PROMPT'>([
  ['tools/call', 'TOOL'],
  ['resources/read', 'RETRIEVER'],
  ['prompts/get', 'PROMPT'],
])

/** Records a client's requests, and lets the server's work join the trace by `_meta`, as the protocol foresees. */
export function wrapRequest(original: ForeignMethod, tracer?: Tracer): ForeignMethod {
  return function request(this: unknown, ...args: unknown[]): unknown {
    const message = readRecord(args[0])
    const method = readText(message?.['method']) ?? ''
    if (message === undefined || !steps.has(method)) return original.apply(this, args)
    const server = readText(readRecord(methodOf(this, 'getServerVersion')?.())?.['name'])
    return runInSpan(
      () => startRequest({ tracer, message, method, server }),
      (span) => {
        const sent = sdkState().reporter.guard(() => withTrace(message, contextApi.active())) ?? message
        const result = original.apply(this, [sent, ...args.slice(1)])
        if (result instanceof Promise)
          result.then(
            (value: unknown) => recordResult(span, value),
            () => undefined,
          )
        return result
      },
    )
  }
}

/** A step of the protocol as a span, on the client's or the server's side. */
export function startRequest(args: {
  tracer: Tracer | undefined
  message: ForeignRecord
  method: string
  server: string | undefined
  parent?: Context
}): StartedSpan {
  const { tracer = sdkTracer(`${sdkName}/mcp`), message, method, server } = args
  const params = readRecord(message['params']) ?? {}
  const target = readText(params['name']) ?? readText(params['uri']) ?? method
  const kind = steps.get(method) ?? 'CHAIN'
  const started = startManual(tracer, {
    spanName: target,
    spanKind: kind,
    ...(kind === 'TOOL' ? { toolName: target } : {}),
    input: params['arguments'] ?? params['uri'],
    attributes: { [ATTR_MCP_METHOD_NAME]: method },
    parentContext: args.parent ?? activeContext(),
  })
  if (server !== undefined && kind === 'TOOL') started.handle.setTool({ mcpServer: server })
  return started
}

/** A tool tells of its failure in a result in good order. */
export function recordResult(span: StartedSpan['handle'], value: unknown): void {
  const result = readRecord(value)
  const text = readList(result?.['content'])
    .flatMap((part) => readText(readRecord(part)?.['text']) ?? [])
    .join('\n')
  const output =
    result?.['structuredContent'] ??
    (text === '' ? (result?.['contents'] ?? result?.['messages'] ?? value) : text)
  span.setOutput(output)
  if (result?.['isError'] === true) {
    const error = new Error(text === '' ? 'the tool failed' : text)
    error.name = 'ToolError'
    error.stack = ''
    span.recordError(error)
  }
}

function withTrace(message: ForeignRecord, context: Context): ForeignRecord {
  const carrier: { [key: string]: string } = {}
  propagation.inject(context, carrier)
  const params = readRecord(message['params']) ?? {}
  return { ...message, params: { ...params, _meta: { ...readRecord(params['_meta']), ...carrier } } }
}
