import { context as contextApi, trace as traceApi } from '@opentelemetry/api'
import type { Attributes, Context, Tracer } from '@opentelemetry/api'

import { sdkState, sdkTracer } from '../../provider/sdk-state.ts'
import { startAgent, startManual } from '../../spans/start-span.ts'
import type { StartedSpan } from '../../spans/start-span.ts'
import { readList, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { normaliseUsage, toTokenAttributes } from '../../values/usage.ts'
import { sdkName } from '../../version.ts'
import { toChatMessage } from '../openai/chat-request.ts'
import { toChatResponseAttributes } from '../openai/chat-response.ts'
import { toResponseAttributes, toResponsesRequestAttributes } from '../openai/responses.ts'
import { ModelCall } from '../shared/model-call.ts'
import { addMessages } from '../shared/traced-message.ts'

type Open =
  | { kind: 'span'; started: StartedSpan; outerSpanId: string | undefined }
  | { kind: 'model'; call: ModelCall; outerSpanId: string | undefined }

/**
 * What `addTraceProcessor` of the OpenAI Agents SDK takes: turns the framework's own trace into spans of ours as
 * they happen. Spans are open from their start to their end, by the framework's ids.
 */
export class AgentsTraceProcessor {
  readonly #open = new Map<string, Open>()
  readonly #ownTracer: Tracer | undefined

  constructor(tracer?: Tracer) {
    this.#ownTracer = tracer
  }

  /** The context of a span of the framework; absent where the application has started a span of its own inside. */
  contextOf(spanId: string, active: Context): Context | undefined {
    const found = this.#open.get(spanId)
    if (found === undefined || found.outerSpanId !== spanIdOf(active)) return undefined
    return found.kind === 'model' ? found.call.context : found.started.context
  }

  start(): void {
    // Nothing to open: spans go by the tracing that `setup` started.
  }

  async onTraceStart(value: unknown): Promise<void> {
    await guarded(() => {
      const trace = readRecord(value) ?? {}
      const sessionId = readText(trace['groupId'])
      const metadata = readRecord(trace['metadata'])
      const spanName = readText(trace['name']) ?? 'Agent workflow'
      this.#keep({
        id: trace['traceId'],
        parentId: undefined,
        begin: (parentContext) =>
          startManual(this.#tracer(), {
            spanName,
            parentContext,
            workflow: { name: spanName },
            ...(sessionId === undefined ? {} : { sessionId }),
            ...(metadata === undefined ? {} : { metadata }),
          }),
      })
    })
  }

  async onTraceEnd(value: unknown): Promise<void> {
    await guarded(() => {
      const found = this.#take(readRecord(value)?.['traceId'])
      if (found?.kind === 'span') found.started.handle.end()
    })
  }

  async onSpanStart(value: unknown): Promise<void> {
    await guarded(() => {
      const span = readRecord(value) ?? {}
      // Heard late, from behind a processor that took its time.
      if (readText(span['endedAt']) !== undefined) return
      const data = readRecord(span['spanData']) ?? {}
      this.#keep({
        id: span['spanId'],
        parentId: readText(span['parentId']) ?? span['traceId'],
        begin: (parent) => beginSpan({ tracer: this.#tracer(), data, parent }),
      })
    })
  }

  async onSpanEnd(value: unknown): Promise<void> {
    await guarded(() => {
      const span = readRecord(value) ?? {}
      const data = readRecord(span['spanData']) ?? {}
      const error = toError(span['error'])
      const found = this.#take(span['spanId'])
      if (found?.kind === 'model') endModel({ call: found.call, data, error })
      if (found?.kind === 'span') endStep({ started: found.started, data, error })
    })
  }

  async shutdown(): Promise<void> {
    await Promise.resolve()
  }

  async forceFlush(): Promise<void> {
    await Promise.resolve()
  }

  #tracer(): Tracer {
    return this.#ownTracer ?? sdkTracer(`${sdkName}/openai-agents`)
  }

  #keep(args: { id: unknown; parentId: unknown; begin: (parent: Context) => StartedSpan | ModelCall }): void {
    const id = readText(args.id) ?? ''
    if (this.#open.has(id)) return
    const active = contextApi.active()
    // A span of the application's own, started inside the parent, comes between.
    const begun = args.begin(this.contextOf(readText(args.parentId) ?? '', active) ?? active)
    const outerSpanId = spanIdOf(active)
    this.#open.set(
      id,
      begun instanceof ModelCall
        ? { kind: 'model', call: begun, outerSpanId }
        : { kind: 'span', started: begun, outerSpanId },
    )
  }

  #take(id: unknown): Open | undefined {
    const key = readText(id) ?? ''
    const found = this.#open.get(key)
    this.#open.delete(key)
    return found
  }
}

async function guarded(step: () => void): Promise<void> {
  sdkState().reporter.guard(step)
  await Promise.resolve()
}

function beginSpan(args: { tracer: Tracer; data: ForeignRecord; parent: Context }): StartedSpan | ModelCall {
  const { tracer, data, parent } = args
  const name = readText(data['name'])
  const type = readText(data['type']) ?? 'custom'
  switch (type) {
    case 'agent':
      return startAgent(tracer, { agentId: name ?? 'agent', parentContext: parent })
    case 'generation':
    case 'response':
      return new ModelCall({
        tracer,
        operation: 'chat',
        model: readText(data['model']),
        system: 'openai',
        parent,
      })
    case 'function':
      return startManual(tracer, {
        spanName: name ?? type,
        spanKind: 'TOOL',
        input: data['input'],
        parentContext: parent,
      })
    case 'guardrail':
      return startManual(tracer, { spanName: name ?? type, spanKind: 'GUARDRAIL', parentContext: parent })
    case 'handoff':
      return startManual(tracer, { spanName: 'handoff', spanKind: 'TOOL', parentContext: parent })
    default:
      return startManual(tracer, { spanName: name ?? type, parentContext: parent })
  }
}

function endModel(args: { call: ModelCall; data: ForeignRecord; error: Error | undefined }): void {
  const { call, data, error } = args
  const build = (): Attributes => (data['type'] === 'response' ? fromResponse(data) : fromGeneration(data))
  // Which model it is becomes known on the way.
  const model = readText(data['model']) ?? readText(readRecord(data['_response'])?.['model'])
  if (model !== undefined) call.span.updateName(`chat ${model}`)
  if (error === undefined) call.finish(build)
  else call.fail(error, build)
}

function fromResponse(data: ForeignRecord): Attributes {
  const response = readRecord(data['_response']) ?? {}
  return {
    ...toResponsesRequestAttributes({
      input: data['_input'],
      instructions: response['instructions'],
      tools: response['tools'],
    }),
    ...toResponseAttributes({ ...response, usage: response['usage'] }),
  }
}

function fromGeneration(data: ForeignRecord): Attributes {
  const attributes = toTokenAttributes(normaliseUsage(flatUsage(data['usage'])))
  addMessages(attributes, { side: 'input', messages: readList(data['input']).map(toChatMessage) })
  const [first] = readList(data['output'])
  // The framework's own model keeps the whole completion there, others keep messages.
  if (readRecord(first)?.['choices'] !== undefined)
    return { ...attributes, ...toChatResponseAttributes(first) }
  return addMessages(attributes, { side: 'output', messages: readList(data['output']).map(toChatMessage) })
}

/** The framework keeps what a provider tells beside the totals under `details`. */
function flatUsage(value: unknown): unknown {
  const usage = readRecord(value)
  const details = readRecord(usage?.['details'])
  return usage === undefined ? value : { ...details, ...usage }
}

function endStep(args: { started: StartedSpan; data: ForeignRecord; error: Error | undefined }): void {
  const { handle } = args.started
  const { data, error } = args
  switch (data['type']) {
    case 'function':
      if (readText(data['input']) !== undefined) handle.setInput(data['input'])
      if (readText(data['output']) !== undefined) handle.setOutput(data['output'])
      break
    case 'handoff': {
      const to = readText(data['to_agent']) ?? 'unknown'
      handle.raw.updateName(`handoff_to_${to}`)
      handle.setTool({ name: `handoff_to_${to}` }).setInput({ from: data['from_agent'], to })
      break
    }
    case 'guardrail':
      handle.recordPolicy({
        name: readText(data['name']) ?? 'guardrail',
        result: data['triggered'] === true ? 'deny' : 'allow',
      })
      break
    case 'mcp_tools':
      handle.setOutput(data['result'])
      break
    case 'custom':
      handle.setOutput(data['data'])
      break
    default:
  }
  if (error !== undefined) handle.recordError(error)
  handle.end()
}

function toError(value: unknown): Error | undefined {
  const error = readRecord(value)
  if (error === undefined) return undefined
  const detail = readText(readRecord(error['data'])?.['error'])
  const found = new Error(
    [readText(error['message']), detail].filter((text) => text !== undefined).join(': '),
  )
  found.stack = ''
  return found
}

function spanIdOf(context: Context): string | undefined {
  return traceApi.getSpanContext(context)?.spanId
}
