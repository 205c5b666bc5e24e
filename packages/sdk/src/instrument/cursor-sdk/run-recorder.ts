import type { Tracer } from '@opentelemetry/api'

import { sdkState } from '../../provider/sdk-state.ts'
import type { SpanHandle } from '../../spans/span-handle.ts'
import { startAgent, startManual } from '../../spans/start-span.ts'
import type { StartedSpan } from '../../spans/start-span.ts'
import { readRecord, readRecords, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { isMethod } from '../shared/foreign.ts'

/** One run of a Cursor agent, told from its messages and its result; it ends once. */
export class RunRecorder {
  readonly started: StartedSpan
  readonly #tracer: Tracer
  readonly #tools = new Map<string, StartedSpan>()
  readonly #answer: string[] = []
  #isEnded = false

  constructor(args: { tracer: Tracer; agentId: string; message: unknown }) {
    this.#tracer = args.tracer
    const input = readText(args.message) ?? readRecord(args.message)?.['text']
    const agent = { agentId: 'cursor-agent', agentName: 'Cursor Agent' }
    this.started = startAgent(args.tracer, { ...agent, sessionId: args.agentId, input })
  }

  observe(value: unknown): void {
    const event = readRecord(value)
    if (event === undefined || this.#isEnded) return
    if (event['type'] === 'tool_call') this.#onTool(event)
    if (event['type'] !== 'assistant') return
    for (const block of readRecords(readRecord(event['message'])?.['content'])) {
      const text = readText(block['text'])
      if (text !== undefined) this.#answer.push(text)
    }
  }

  finish(value: unknown): void {
    const result = readRecord(value) ?? {}
    const status = readText(result['status'])
    const model = readRecord(result['model'])
    const modelName = readText(model?.['id']) ?? readText(model?.['name'])
    this.#close((handle) => {
      handle.setOutput(readText(result['result']) ?? this.#answer.join(''))
      if (modelName !== undefined) handle.setModel(modelName, 'cursor')
      if (status !== undefined) handle.setStopReason(status)
      if (status === 'error') handle.recordError(new Error('the run failed'))
    })
  }

  fail(error: unknown): void {
    this.#close((handle) => handle.recordError(error))
  }

  #onTool(event: ForeignRecord): void {
    const id = readText(event['call_id']) ?? ''
    const tool = this.#tools.get(id) ?? this.#startTool(id, event)
    if (event['status'] === 'running') return
    this.#tools.delete(id)
    tool.handle.setOutput(event['result'])
    if (event['status'] === 'error') tool.handle.recordError(new Error('the tool failed'))
    tool.handle.end()
  }

  #startTool(toolCallId: string, event: ForeignRecord): StartedSpan {
    const toolName = readText(event['name']) ?? 'tool'
    const options = {
      spanName: toolName,
      spanKind: 'TOOL' as const,
      toolName,
      toolCallId,
      input: event['args'],
    }
    const tool = startManual(this.#tracer, { ...options, parentContext: this.started.context })
    this.#tools.set(toolCallId, tool)
    return tool
  }

  #close(conclude: (handle: SpanHandle) => void): void {
    if (this.#isEnded) return
    this.#isEnded = true
    for (const tool of this.#tools.values()) tool.handle.raw.end()
    conclude(this.started.handle)
    this.started.handle.end()
  }
}

/** The run stays the object that it is; `stream` and `wait` are listened to. */
export function followRun(run: unknown, recorder: RunRecorder): void {
  if (typeof run !== 'object' || run === null) return
  const { reporter } = sdkState()
  const finish = reporter.contain((result: unknown) => recorder.finish(result))
  replace(run, 'wait', (original, args) => {
    const result = original.apply(run, args)
    if (result instanceof Promise) result.then(finish, (error: unknown) => recorder.fail(error))
    return result
  })
  replace(run, 'stream', (original, args) => {
    const stream = original.apply(run, args)
    if (typeof stream !== 'object' || stream === null) return stream
    replace(stream, 'next', (next, values) => {
      const step = next.apply(stream, values)
      if (!(step instanceof Promise)) return step
      step.then(
        (value: unknown) => {
          const { done, value: message } = readRecord(value) ?? {}
          reporter.guard(() => recorder.observe(message))
          if (done === true) finish(run)
        },
        (error: unknown) => recorder.fail(error),
      )
      return step
    })
    return stream
  })
}

function replace(
  target: object,
  name: string,
  call: (original: (this: unknown, ...args: unknown[]) => unknown, args: unknown[]) => unknown,
): void {
  const original: unknown = Reflect.get(target, name)
  if (!isMethod(original)) return
  const value = (...args: unknown[]): unknown => call(original, args)
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false })
}
