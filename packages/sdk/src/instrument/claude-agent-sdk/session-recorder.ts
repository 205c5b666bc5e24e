import {
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_LLM_COST_TOTAL,
  ATTR_LLM_MODEL_NAME,
  ATTR_SESSION_ID,
} from '@clew/semconv/attributes'
import type { Context, Tracer } from '@opentelemetry/api'

import { activeContext, sdkTracer } from '../../provider/sdk-state.ts'
import type { SpanHandle } from '../../spans/span-handle.ts'
import { startAgent, startManual } from '../../spans/start-span.ts'
import type { StartedSpan } from '../../spans/start-span.ts'
import { readList, readNumber, readRecord, readRecords, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { sdkName } from '../../version.ts'
import { toMessageResponseAttributes } from '../anthropic/messages.ts'
import { ModelCall } from '../shared/model-call.ts'

interface Lane {
  started: StartedSpan
  call: ModelCall | undefined
  messageId: string | undefined
  content: unknown[]
  head: ForeignRecord
}

const delegating = new Set(['Task', 'Agent'])

/**
 * Tells the runs of a session from the messages that its query yields: each turn is one, open until its result has
 * come and the sub-agents that it left in the background have ended, the reader stops or the query fails.
 */
export class SessionRecorder {
  readonly #tracer: Tracer
  readonly #parent: Context
  readonly #lanes = new Map<string, Lane>()
  readonly #tools = new Map<string, StartedSpan>()
  /** Sub-agents that go on after the tool call which started them has been answered, by that call's id. */
  readonly #background = new Set<string>()
  #root: StartedSpan
  #model: string | undefined
  #sessionId: string | undefined
  #usage: { [name: string]: number } = {}
  /** Cost of the turns before this one: what a result tells is the session's so far. */
  #totalUsd = 0
  #isEnded = false

  constructor(args: { tracer?: Tracer | undefined; prompt: unknown; options: unknown }) {
    this.#tracer = args.tracer ?? sdkTracer(`${sdkName}/claude-agent-sdk`)
    this.#parent = activeContext()
    this.#model = readText(readRecord(args.options)?.['model'])
    this.#root = this.#open(args.prompt)
  }

  get context(): Context {
    return this.#root.context
  }

  observe(value: unknown): void {
    const message = readRecord(value)
    if (message === undefined) return
    switch (message['type']) {
      case 'system':
        this.#onSystem(message)
        break
      case 'assistant':
        if (this.#isEnded) this.#root = this.#open(undefined)
        this.#onAssistant(message)
        break
      case 'user':
        if (!this.#isEnded) this.#onUser(message)
        break
      case 'result':
        if (!this.#isEnded) this.#onResult(message)
        break
      default:
    }
  }

  fail(error: unknown): void {
    this.#close(() => this.#root.handle.recordError(error).end())
  }

  /** The reader stopped before the result came, or while sub-agents were at work. */
  abandon(): void {
    this.#close(() => this.#root.handle.raw.end())
  }

  #open(prompt: unknown): StartedSpan {
    this.#isEnded = false
    this.#usage = {}
    const root = startAgent(this.#tracer, {
      agentId: 'claude-agent',
      agentName: 'Claude Agent',
      input: typeof prompt === 'string' ? prompt : undefined,
      attributes: { [ATTR_LLM_MODEL_NAME]: this.#model },
      parentContext: this.#parent,
    })
    nameSession(root.handle, this.#sessionId)
    this.#lanes.clear()
    this.#lanes.set('', createLane(root))
    return root
  }

  #onSystem(message: ForeignRecord): void {
    const toolUseId = readText(message['tool_use_id'])
    if (toolUseId !== undefined && this.#lanes.has(toolUseId)) {
      if (message['is_backgrounded'] === true) this.#background.add(toolUseId)
      if (message['subtype'] === 'task_notification') {
        this.#background.delete(toolUseId)
        this.#endSub(toolUseId, readText(message['summary']))
      }
    }
    if (this.#isEnded) return
    this.#sessionId ??= readText(message['session_id'])
    this.#model = readText(message['model']) ?? this.#model
    nameSession(this.#root.handle, this.#sessionId)
    this.#root.handle.setAttribute(ATTR_LLM_MODEL_NAME, this.#model)
  }

  #onAssistant(message: ForeignRecord): void {
    const lane = this.#laneOf(message['parent_tool_use_id'])
    const body = readRecord(message['message']) ?? {}
    const id = readText(body['id'])
    if (lane.messageId !== id) finishCall(lane)
    if (lane.call === undefined) {
      lane.call = new ModelCall({
        tracer: this.#tracer,
        operation: 'chat',
        model: readText(body['model']),
        system: 'anthropic',
        parent: lane.started.context,
      })
      lane.call.write(() => ({ [ATTR_GEN_AI_RESPONSE_ID]: id ?? '' }))
      lane.messageId = id
    }
    // The SDK splits one answer into several messages, each of which repeats id and usage.
    lane.head = body
    lane.content.push(...readList(body['content']))
    for (const block of readRecords(body['content']))
      if (block['type'] === 'tool_use') this.#startTool(lane, block)
  }

  #onUser(message: ForeignRecord): void {
    finishCall(this.#laneOf(message['parent_tool_use_id']))
    for (const block of readRecords(readRecord(message['message'])?.['content'])) {
      if (block['type'] !== 'tool_result') continue
      const id = readText(block['tool_use_id']) ?? ''
      const output = toResultText(block['content'])
      if (!this.#background.has(id)) this.#endSub(id, output)
      endTool({ handle: this.#tools.get(id)?.handle, output, isError: block['is_error'] === true })
      this.#tools.delete(id)
    }
  }

  /** Sub-agents in the background keep the turn open; their end starts another round with a result of its own. */
  #onResult(message: ForeignRecord): void {
    const { handle } = this.#root
    const total = readNumber(message['total_cost_usd']) ?? this.#totalUsd
    addNumbers(this.#usage, message['usage'])
    writeResult({ handle, result: message, usage: this.#usage, costUsd: total - this.#totalUsd })
    if (this.#background.size > 0 && message['is_error'] !== true) return
    this.#totalUsd = total
    this.#close(() => handle.end())
  }

  #laneOf(parentToolUseId: unknown): Lane {
    const id = readText(parentToolUseId) ?? ''
    const known = this.#lanes.get(id)
    if (known !== undefined) return known
    const parentContext = this.#tools.get(id)?.context ?? this.#root.context
    const lane = createLane(startAgent(this.#tracer, { agentId: 'sub-agent', parentContext }))
    this.#lanes.set(id, lane)
    return lane
  }

  #endSub(toolUseId: string, output: unknown): void {
    const sub = this.#lanes.get(toolUseId)
    if (sub === undefined) return
    finishCall(sub)
    sub.started.handle.setOutput(output).end()
    this.#lanes.delete(toolUseId)
  }

  #startTool(lane: Lane, block: ForeignRecord): void {
    const toolCallId = readText(block['id']) ?? ''
    const toolName = readText(block['name']) ?? 'tool'
    if (this.#tools.has(toolCallId)) return
    const { input } = block
    const options = { spanName: toolName, spanKind: 'TOOL' as const, toolName, toolCallId, input }
    const tool = startManual(this.#tracer, { ...options, parentContext: lane.started.context })
    this.#tools.set(toolCallId, tool)
    const agentId = readText(readRecord(input)?.['subagent_type'])
    if (!delegating.has(toolName) || agentId === undefined) return
    const prompt = readRecord(input)?.['prompt']
    const sub = startAgent(this.#tracer, { agentId, input: prompt, parentContext: tool.context })
    this.#lanes.set(toolCallId, createLane(sub))
  }

  #close(conclude: () => void): void {
    if (this.#isEnded) return
    this.#isEnded = true
    for (const lane of this.#lanes.values()) {
      finishCall(lane)
      if (lane.started !== this.#root) lane.started.handle.raw.end()
    }
    for (const { handle } of this.#tools.values()) handle.raw.end()
    this.#tools.clear()
    this.#background.clear()
    conclude()
  }
}

function finishCall(lane: Lane): void {
  const { call, head, content } = lane
  call?.finish(() => toMessageResponseAttributes({ ...head, content }))
  lane.call = undefined
  lane.messageId = undefined
  lane.content = []
}

function createLane(started: StartedSpan): Lane {
  return { started, call: undefined, messageId: undefined, content: [], head: {} }
}

/** A session of the application's own around it keeps its name. */
function nameSession(handle: SpanHandle, sessionId: string | undefined): void {
  const attributes: unknown = Reflect.get(handle.raw, 'attributes')
  const isNamed = readRecord(attributes)?.[ATTR_SESSION_ID] !== undefined
  if (!isNamed) handle.setAttribute(ATTR_SESSION_ID, sessionId)
}

function writeResult(args: {
  handle: SpanHandle
  result: ForeignRecord
  usage: ForeignRecord
  costUsd: number
}): void {
  const { handle, result, usage, costUsd } = args
  const text = readText(result['result'])
  handle.recordUsage(usage).setAttribute(ATTR_LLM_COST_TOTAL, costUsd)
  const reason = readText(result['subtype'])
  if (reason !== undefined) handle.setStopReason(reason)
  if (text !== undefined) handle.setOutput(text)
  if (result['is_error'] === true) {
    const error = new Error(text ?? readList(result['errors']).map(String).join('\n'))
    error.name = reason ?? 'error'
    error.stack = ''
    handle.recordError(error)
  }
}

function addNumbers(sums: { [name: string]: number }, record: unknown): void {
  for (const [name, value] of Object.entries(readRecord(record) ?? {}))
    if (typeof value === 'number') sums[name] = (sums[name] ?? 0) + value
}

function endTool(args: { handle: SpanHandle | undefined; output: unknown; isError: boolean }): void {
  const { handle, output, isError } = args
  if (handle === undefined) return
  handle.setOutput(output)
  if (isError) {
    const error = new Error(typeof output === 'string' ? output : 'the tool failed')
    error.name = 'ToolError'
    error.stack = ''
    handle.recordError(error)
  }
  handle.end()
}

function toResultText(content: unknown): unknown {
  const texts = readList(content).flatMap((part) => readText(readRecord(part)?.['text']) ?? [])
  return texts.length === 0 ? content : texts.join('\n')
}
