import type { JsonValue, ToolCall, WireSpan } from '@clew/semconv/span'
import type { RunModel, RunNode } from '@clew/domain/story'

export interface OfferedTool {
  name: string
  description?: string
  schema?: JsonValue
}

export interface CalledTool {
  call: ToolCall
  /** The span that ran it, where the call id names one, or the next of that name does. */
  node: RunNode | undefined
}

/** Tools that the model was given, from whichever attribute the dialect uses. */
export function listOfferedTools(span: WireSpan): OfferedTool[] {
  const found: OfferedTool[] = []
  for (const [key, value] of Object.entries(span.attributes)) {
    const isWhole = key === 'gen_ai.tool.definitions' || key === 'llm.tools' || key === 'ai.prompt.tools'
    const isIndexed = /^llm\.tools\.\d+\.tool\.json_schema$/u.test(key)
    if (isWhole || isIndexed) found.push(...toTools(value))
  }
  if (found.length === 0 && span.invocationParameters !== undefined) {
    const parameters = parse(span.invocationParameters)
    if (isRecord(parameters)) found.push(...toTools(parameters['tools'] ?? null))
  }
  const seen = new Set<string>()
  return found.filter((tool) => !seen.has(tool.name) && seen.add(tool.name))
}

/** Tools that the answer asked for, with the spans that ran them. */
export function listCalledTools(args: { span: WireSpan; model: RunModel }): CalledTool[] {
  const { span, model } = args
  const calls =
    span.outputToolCalls ?? span.outputMessages?.flatMap((message) => message.toolCalls ?? []) ?? []
  const caller = model.byId.get(span.spanId)
  const taken = new Set<RunNode>()
  return calls.map((call) => {
    const node = model.steps.find((step) => !taken.has(step) && runsCall({ step, call, caller }))
    if (node !== undefined) taken.add(node)
    return { call, node }
  })
}

function runsCall(args: { step: RunNode; call: ToolCall; caller: RunNode | undefined }): boolean {
  const { step, call, caller } = args
  if (step.span.kind !== 'TOOL') return false
  if (call.id !== undefined && step.span.tool?.callId !== undefined) return step.span.tool.callId === call.id
  const name = step.span.tool?.name ?? step.span.name
  return name === call.name && step.startMs >= (caller?.startMs ?? 0) && step.agent === caller?.agent
}

function toTools(value: JsonValue): OfferedTool[] {
  const parsed = typeof value === 'string' ? parse(value) : value
  if (Array.isArray(parsed)) return parsed.flatMap(toTools)
  if (!isRecord(parsed)) return []
  const wrapped = parsed['function'] ?? null
  const record = new Map(Object.entries(isRecord(wrapped) ? wrapped : parsed))
  const name = record.get('name')
  if (typeof name !== 'string') return []
  const description = record.get('description')
  const schema = record.get('parameters') ?? record.get('input_schema') ?? record.get('inputSchema')
  return [
    {
      name,
      ...(typeof description === 'string' ? { description } : {}),
      ...(schema === undefined ? {} : { schema }),
    },
  ]
}

function isRecord(value: JsonValue): value is { [key: string]: JsonValue } {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function parse(text: string): JsonValue {
  try {
    const value: JsonValue = JSON.parse(text)
    return value
  } catch {
    return null
  }
}
