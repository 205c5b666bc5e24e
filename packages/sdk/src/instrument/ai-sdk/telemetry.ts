import { context as contextApi } from '@opentelemetry/api'
import type { Attributes, Context, Tracer } from '@opentelemetry/api'

import { sdkState, sdkTracer } from '../../provider/sdk-state.ts'
import type { SpanHandle } from '../../spans/span-handle.ts'
import { startAgent, startManual } from '../../spans/start-span.ts'
import type { StartedSpan } from '../../spans/start-span.ts'
import { readList, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { sdkName } from '../../version.ts'
import { ModelCall } from '../shared/model-call.ts'
import {
  toChatRequest,
  toChatResponse,
  toEmbedRequest,
  toEmbedResponse,
  toObjectRequest,
  toObjectResponse,
  toRerankRequest,
} from './model-call-attributes.ts'

/** A call that the AI SDK wants to be run in our context. */
interface Execution {
  callId: string
  toolCallId?: string
  execute: () => PromiseLike<unknown>
}

/** One `generateText`, `streamText`, `embed` ... and what is open in it. */
interface Operation {
  root: StartedSpan
  model: ModelCall | undefined
  /** By their call ids. */
  tools: Map<string, StartedSpan>
}

/**
 * Records what the AI SDK 7 tells of its calls, as its telemetry interface names them. An operation is open from
 * its start to its end, abort or error. Events of older versions, which have no call id, are ignored.
 */
export class AISdkTelemetry {
  readonly name = sdkName
  readonly #operations = new Map<string, Operation>()
  readonly #ownTracer: Tracer | undefined

  constructor(tracer?: Tracer) {
    this.#ownTracer = tracer
  }

  onStart(value: unknown): void {
    sdkState().reporter.guard(() => {
      const event = readRecord(value)
      const callId = readText(event?.['callId'])
      if (event === undefined || callId === undefined || this.#operations.has(callId)) return
      const root = startRoot(this.#tracer(), event)
      this.#operations.set(callId, { root, model: undefined, tools: new Map() })
    })
  }

  onLanguageModelCallStart(value: unknown): void {
    this.#startModel({ value, operation: 'chat', toRequest: toChatRequest })
  }

  onLanguageModelCallEnd(value: unknown): void {
    this.#endModel(value, toChatResponse)
  }

  onObjectStepStart(value: unknown): void {
    this.#startModel({ value, operation: 'chat', toRequest: toObjectRequest })
  }

  onObjectStepEnd(value: unknown): void {
    this.#endModel(value, toObjectResponse)
  }

  onEmbedStart(value: unknown): void {
    this.#startModel({ value, operation: 'embeddings', toRequest: toEmbedRequest })
  }

  onEmbedEnd(value: unknown): void {
    this.#endModel(value, toEmbedResponse)
  }

  onRerankStart(value: unknown): void {
    this.#startModel({ value, operation: 'rerank', toRequest: toRerankRequest })
  }

  onRerankEnd(value: unknown): void {
    this.#endModel(value, () => ({}))
  }

  onToolExecutionStart(value: unknown): void {
    this.#on(value, (event, operation) => {
      const call = readRecord(event['toolCall']) ?? {}
      const toolCallId = readText(call['toolCallId']) ?? ''
      const toolName = readText(call['toolName']) ?? 'tool'
      const started = startManual(this.#tracer(), {
        spanName: toolName,
        spanKind: 'TOOL',
        toolName,
        toolCallId,
        input: call['input'],
        parentContext: operation.root.context,
      })
      operation.tools.set(toolCallId, started)
    })
  }

  onToolExecutionEnd(value: unknown): void {
    this.#on(value, (event, operation) => {
      const id = readText(readRecord(event['toolCall'])?.['toolCallId']) ?? ''
      const handle = operation.tools.get(id)?.handle
      operation.tools.delete(id)
      endTool({ handle, event })
    })
  }

  onEnd(value: unknown): void {
    this.#close(value, (event, handle) => {
      const failure: unknown = event['error']
      handle.setOutput(outputOf(event))
      if (failure !== undefined && failure !== null) handle.recordError(failure)
      handle.end()
    })
  }

  onAbort(value: unknown): void {
    this.#close(value, (_event, handle) => {
      handle.setStopReason('aborted')
      handle.raw.end()
    })
  }

  onError(value: unknown): void {
    this.#on(value, (event, { model }) => model?.fail(event['error']))
    this.#close(value, (event, handle) => handle.recordError(event['error']).end())
  }

  executeLanguageModelCall({ callId, execute }: Execution): PromiseLike<unknown> {
    return runIn(this.#operations.get(callId)?.model?.context, execute)
  }

  executeTool({ callId, toolCallId = '', execute }: Execution): PromiseLike<unknown> {
    return runIn(this.#operations.get(callId)?.tools.get(toolCallId)?.context, execute)
  }

  #tracer(): Tracer {
    return this.#ownTracer ?? sdkTracer(`${sdkName}/ai-sdk`)
  }

  #on(value: unknown, listen: (event: ForeignRecord, operation: Operation) => void): void {
    sdkState().reporter.guard(() => {
      const event = readRecord(value)
      const operation = this.#operations.get(readText(event?.['callId']) ?? '')
      if (event !== undefined && operation !== undefined) listen(event, operation)
    })
  }

  #startModel(args: {
    value: unknown
    operation: 'chat' | 'embeddings' | 'rerank'
    toRequest: (event: ForeignRecord) => Attributes
  }): void {
    this.#on(args.value, (event, operation) => {
      operation.model?.abandon()
      const call = new ModelCall({
        tracer: this.#tracer(),
        operation: args.operation,
        model: readText(event['modelId']),
        system: providerOf(event['provider']),
        parent: operation.root.context,
      })
      call.write(() => args.toRequest(event))
      operation.model = call
    })
  }

  #endModel(value: unknown, toResponse: (event: ForeignRecord) => Attributes): void {
    this.#on(value, (event, operation) => {
      operation.model?.finish(() => toResponse(event))
      operation.model = undefined
    })
  }

  #close(value: unknown, conclude: (event: ForeignRecord, handle: SpanHandle) => void): void {
    this.#on(value, (event, operation) => {
      this.#operations.delete(readText(event['callId']) ?? '')
      operation.model?.abandon()
      for (const { handle } of operation.tools.values()) handle.end()
      conclude(event, operation.root.handle)
    })
  }
}

function runIn(context: Context | undefined, execute: () => PromiseLike<unknown>): PromiseLike<unknown> {
  return context === undefined ? execute() : contextApi.with(context, execute)
}

/** Text generation is an agent's run: a loop of model calls and tools. The other operations are steps. */
function startRoot(tracer: Tracer, event: ForeignRecord): StartedSpan {
  const operationId = readText(event['operationId']) ?? 'ai'
  const functionId = readText(event['functionId'])
  const spanName = functionId ?? operationId
  const isAgent = /(?:generate|stream)(?:Text|Object)$/.test(operationId)
  const messages = readList(event['messages'])
  const input = isAgent
    ? (event['prompt'] ?? messages.at(-1))
    : (event['value'] ?? event['values'] ?? event['query'])
  const attributes = { 'ai.operationId': operationId }
  if (!isAgent) return startManual(tracer, { spanName, input, attributes })
  if (functionId !== undefined)
    return startAgent(tracer, { agentId: functionId, spanName, input, attributes })
  // Without a name of its own it is the work of the agent around it.
  return startManual(tracer, { spanName, spanKind: 'AGENT', input, attributes })
}

function endTool(args: { handle: StartedSpan['handle'] | undefined; event: ForeignRecord }): void {
  const { handle, event } = args
  if (handle === undefined) return
  const output = readRecord(event['toolOutput'])
  const failure: unknown =
    output?.['type'] === 'tool-error'
      ? output['error']
      : event['success'] === false
        ? event['error']
        : undefined
  if (failure === undefined) handle.setOutput(output?.['output'] ?? event['output'])
  else handle.recordError(failure)
  handle.end()
}

function outputOf(event: ForeignRecord): unknown {
  const text = readText(event['text'])
  return text === undefined || text === '' ? (event['object'] ?? event['toolCalls']) : text
}

/** `openai.responses` is OpenAI. */
function providerOf(provider: unknown): string {
  return (readText(provider) ?? 'unknown').split('.')[0] ?? 'unknown'
}
