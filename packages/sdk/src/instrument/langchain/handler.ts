import {
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_GRAPH_NODE_ID,
  ATTR_LLM_FINISH_REASON,
  ATTR_LLM_INVOCATION_PARAMETERS,
  ATTR_LLM_MODEL_NAME,
  ATTR_SESSION_ID,
} from '@clew/semconv/attributes'
import type { Attributes, Context, Tracer } from '@opentelemetry/api'

import { activeContext, sdkState, sdkTracer } from '../../provider/sdk-state.ts'
import { startAgent, startManual } from '../../spans/start-span.ts'
import type { StartedSpan } from '../../spans/start-span.ts'
import { readList, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { setDefined } from '../../values/set-defined.ts'
import { toJson } from '../../values/to-text.ts'
import { addTokens, normaliseUsage } from '../../values/usage.ts'
import { sdkName } from '../../version.ts'
import { DeltaStream } from '../shared/delta-stream.ts'
import { ModelCall } from '../shared/model-call.ts'
import { addMessages, addTools } from '../shared/traced-message.ts'
import { toGeneratedMessage, toTracedMessage } from './messages.ts'

interface OpenModel {
  call: ModelCall
  deltas: DeltaStream
}

type Handle = (...args: unknown[]) => void

const hidden = 'langsmith:hidden'

/**
 * The callback handler that records LangChain's runs, with the members that LangChain asks of one. Runs are open
 * from their start to their end or error; children find their parents by LangChain's own run ids.
 */
export class LangChainHandler {
  readonly name = sdkName
  /** LangChain waits for a start, so that a run's span is there before its work begins. */
  readonly awaitHandlers = true
  readonly #runs = new Map<string, StartedSpan>()
  readonly #models = new Map<string, OpenModel>()
  /** Runs that LangGraph hides: what they start belongs to their parent. */
  readonly #skipped = new Map<string, Context>()
  readonly #ownTracer: Tracer | undefined
  #startedModel: Context | undefined

  constructor(tracer?: Tracer) {
    this.#ownTracer = tracer
  }

  /** Where a run's own work belongs; absent for runs that are not recorded. */
  contextOf(runId: unknown): Context | undefined {
    const id = readText(runId) ?? ''
    return this.#models.get(id)?.call.context ?? this.#runs.get(id)?.context ?? this.#skipped.get(id)
  }

  /** The context of the model call that started last; given once. */
  takeStartedModel(): Context | undefined {
    const context = this.#startedModel
    this.#startedModel = undefined
    return context
  }

  readonly handleChatModelStart = contained(
    (_model, messages, runId, parentRunId, extra, _tags, metadata) => {
      const toInput = (): Attributes =>
        addMessages({}, { side: 'input', messages: readList(readList(messages)[0]).map(toTracedMessage) })
      this.#startModel({ runId, parentRunId, extra, metadata, toInput })
    },
  )

  readonly handleLLMStart = contained((_model, prompts, runId, parentRunId, extra, _tags, metadata) => {
    const messages = readList(prompts).map((prompt) => ({ role: 'user', content: String(prompt) }))
    const toInput = (): Attributes => addMessages({}, { side: 'input', messages })
    this.#startModel({ runId, parentRunId, extra, metadata, toInput })
  })

  readonly handleLLMNewToken = contained((token, _index, runId) => {
    const open = this.#models.get(String(runId))
    if (open === undefined || typeof token !== 'string' || token === '') return
    open.call.firstToken()
    open.deltas.push({ channel: 'text', text: token })
  })

  readonly handleLLMEnd = contained((output, runId) => {
    const open = this.#takeModel(runId)
    open?.deltas.end()
    open?.call.finish(() => toAnswer(output))
  })

  readonly handleLLMError = contained((error, runId) => this.#takeModel(runId)?.call.fail(error))

  readonly handleChainStart = contained(
    (serialized, inputs, runId, parentRunId, tags, metadata, _type, runName) => {
      const parentContext = this.#parentOf(parentRunId)
      if (readList(tags).includes(hidden)) {
        this.#skipped.set(String(runId), parentContext)
        return
      }
      const place = readRecord(metadata) ?? {}
      const spanName = readText(runName) ?? nameOf(serialized) ?? 'chain'
      const options = { spanName, input: inputs, parentContext, attributes: toPlace(place) }
      const isAgent = readText(place['lc_agent_name']) === spanName
      const started = isAgent
        ? startAgent(this.#tracer(), { ...options, agentId: spanName })
        : startManual(this.#tracer(), options)
      this.#runs.set(String(runId), started)
    },
  )

  readonly handleChainEnd = contained((outputs, runId) =>
    this.#endRun(runId, (handle) => handle.setOutput(outputs)),
  )

  readonly handleChainError = contained((error, runId) => this.#failRun(error, runId))

  readonly handleToolStart = contained(
    (serialized, input, runId, parentRunId, _tags, metadata, runName, toolCallId) => {
      const toolName = readText(runName) ?? nameOf(serialized) ?? 'tool'
      const options = { spanName: toolName, spanKind: 'TOOL' as const, toolName, input }
      const started = startManual(this.#tracer(), {
        ...options,
        ...(typeof toolCallId === 'string' ? { toolCallId } : {}),
        parentContext: this.#parentOf(parentRunId),
        attributes: toPlace(readRecord(metadata) ?? {}),
      })
      this.#runs.set(String(runId), started)
    },
  )

  readonly handleToolEnd = contained((output, runId) =>
    this.#endRun(runId, (handle) => {
      const message = readRecord(output)
      const callId = readText(message?.['tool_call_id'])
      handle.setOutput(message?.['content'] ?? output)
      if (callId !== undefined) handle.setTool({ callId })
      if (message?.['status'] === 'error') handle.recordError(new Error(readText(message['content'])))
    }),
  )

  readonly handleToolError = contained((error, runId) => this.#failRun(error, runId))

  readonly handleRetrieverStart = contained(
    (serialized, query, runId, parentRunId, _tags, metadata, runName) => {
      const spanName = readText(runName) ?? nameOf(serialized) ?? 'retriever'
      const started = startManual(this.#tracer(), {
        spanName,
        spanKind: 'RETRIEVER',
        input: query,
        parentContext: this.#parentOf(parentRunId),
        attributes: toPlace(readRecord(metadata) ?? {}),
      })
      this.#runs.set(String(runId), started)
    },
  )

  readonly handleRetrieverEnd = contained((documents, runId) =>
    this.#endRun(runId, (handle) => handle.setDocuments(readList(documents).map(toDocument))),
  )

  readonly handleRetrieverError = contained((error, runId) => this.#failRun(error, runId))

  #tracer(): Tracer {
    return this.#ownTracer ?? sdkTracer(`${sdkName}/langchain`)
  }

  #parentOf(parentRunId: unknown): Context {
    return this.contextOf(parentRunId) ?? activeContext()
  }

  #startModel(start: {
    runId: unknown
    parentRunId: unknown
    extra: unknown
    metadata: unknown
    toInput: () => Attributes
  }): void {
    const metadata = readRecord(start.metadata) ?? {}
    const invocation = readRecord(readRecord(start.extra)?.['invocation_params']) ?? {}
    const named = readText(metadata['ls_model_name']) ?? readText(invocation['model'])
    const call = new ModelCall({
      tracer: this.#tracer(),
      operation: 'chat',
      model: named ?? readText(invocation['model_name']),
      system: readText(metadata['ls_provider']) ?? 'langchain',
      parent: this.#parentOf(start.parentRunId),
    })
    call.write(() => ({ ...start.toInput(), ...toInvocation(invocation), ...toPlace(metadata) }))
    this.#startedModel = call.context
    this.#models.set(String(start.runId), { call, deltas: new DeltaStream(call.span) })
  }

  #takeModel(runId: unknown): OpenModel | undefined {
    const open = this.#models.get(String(runId))
    this.#models.delete(String(runId))
    return open
  }

  #endRun(runId: unknown, conclude: (handle: StartedSpan['handle']) => unknown): void {
    const id = String(runId)
    const started = this.#runs.get(id)
    this.#skipped.delete(id)
    this.#runs.delete(id)
    if (started === undefined) return
    conclude(started.handle)
    started.handle.end()
  }

  #failRun(error: unknown, runId: unknown): void {
    this.#endRun(runId, (handle) => handle.recordError(error))
  }
}

function contained(handle: Handle): Handle {
  return (...args) => {
    sdkState().reporter.guard(() => handle(...args))
  }
}

/** Where in a graph and in which conversation a run stands. */
function toPlace(metadata: ForeignRecord): Attributes {
  const attributes: Attributes = {}
  setDefined(attributes, ATTR_GRAPH_NODE_ID, readText(metadata['langgraph_node']))
  setDefined(attributes, ATTR_SESSION_ID, readText(metadata['session_id']) ?? readText(metadata['thread_id']))
  return attributes
}

function toInvocation(invocation: ForeignRecord): Attributes {
  const { tools, model: _model, model_name: _name, ...parameters } = invocation
  const attributes: Attributes = {}
  const given = Object.entries(parameters).filter(
    ([, value]) => value !== undefined && typeof value !== 'function',
  )
  if (given.length > 0) attributes[ATTR_LLM_INVOCATION_PARAMETERS] = toJson(Object.fromEntries(given))
  return addTools(attributes, readList(tools))
}

function toAnswer(output: unknown): Attributes {
  const result = readRecord(output)
  const generations = readList(readList(result?.['generations'])[0])
  const [first] = generations
  const message = readRecord(readRecord(first)?.['message'])
  const response = readRecord(message?.['response_metadata']) ?? {}
  const llmOutput = readRecord(result?.['llmOutput'])
  const usage = message?.['usage_metadata'] ?? llmOutput?.['tokenUsage'] ?? llmOutput?.['usage']
  const finish =
    response['finish_reason'] ?? response['stop_reason'] ?? response['finishReason'] ?? response['status']
  const attributes: Attributes = {}
  setDefined(attributes, ATTR_LLM_MODEL_NAME, readText(response['model_name']) ?? readText(response['model']))
  setDefined(attributes, ATTR_GEN_AI_RESPONSE_ID, readText(response['id']))
  setDefined(
    attributes,
    ATTR_LLM_FINISH_REASON,
    readText(finish) ?? readText(readRecord(readRecord(first)?.['generationInfo'])?.['finish_reason']),
  )
  addTokens(attributes, normaliseUsage(usage))
  return addMessages(attributes, { side: 'output', messages: generations.map(toGeneratedMessage) })
}

function toDocument(value: unknown): { id?: string; content?: string; metadata?: unknown } {
  const document = readRecord(value) ?? {}
  const id = readText(document['id'])
  const content = readText(document['pageContent'])
  return {
    ...(id === undefined ? {} : { id }),
    ...(content === undefined ? {} : { content }),
    ...(document['metadata'] === undefined ? {} : { metadata: document['metadata'] }),
  }
}

function nameOf(serialized: unknown): string | undefined {
  const record = readRecord(serialized)
  return readText(record?.['name']) ?? readText(readList(record?.['id']).at(-1))
}
