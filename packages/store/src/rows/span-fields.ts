/**
 * How a canonical field lies in a column: `text` and `name` ('' is absent; of names there are few), `count` (a whole number of 0 or more),
 * `number` (any finite one), `byte` and `word` (unsigned, 8 and 32 bits). What doesn't fit goes to `rest`.
 */
export type FieldKind = 'text' | 'name' | 'count' | 'number' | 'byte' | 'word'

export interface ScalarField {
  group?: string
  key: string
  column: string
  kind: FieldKind
}

/** Every scalar of the canonical span that is metadata, and its column in `spans`. */
export const spanFields: readonly ScalarField[] = [
  ...scalars('name', 'name', 'kind', 'scope', 'scopeVersion', 'dialect', 'state', 'status', 'errorType'),
  ...scalars('text', 'statusMessage', 'errorMessage', 'sessionId', 'userId', 'tenantId', 'runId'),
  ...scalars('name', 'serviceName', 'serviceVersion', 'environment', 'model', 'requestModel', 'provider'),
  ...scalars('name', 'normaliserVersion', 'finishReason', 'stopReason', 'outcome'),
  ...scalars('number', 'timeToFirstTokenMs'),
  ...grouped('agent', 'text', 'id'),
  ...grouped('agent', 'name', 'name', 'role', 'version'),
  ...grouped('task', 'text', 'id'),
  ...grouped('task', 'name', 'type'),
  ...grouped('workflow', 'name', 'name', 'version'),
  ...grouped('prompt', 'name', 'name', 'version'),
  ...grouped('usage', 'count', 'input', 'output', 'total', 'cacheRead', 'cacheWrite', 'reasoning'),
  ...grouped('cost', 'number', 'input', 'output', 'total'),
  ...grouped('cost', 'name', 'currency', 'source', 'priceVersion'),
  ...grouped('tool', 'name', 'name', 'version', 'mcpServer'),
  ...grouped('tool', 'text', 'callId'),
  ...grouped('decision', 'name', 'action', 'argumentsClass'),
  ...grouped('policy', 'name', 'name', 'result'),
  ...grouped('approval', 'name', 'decision'),
  ...grouped('approval', 'text', 'by'),
  ...grouped('approval', 'number', 'waitMs', 'editDistance'),
  ...grouped('retry', 'count', 'attempt'),
  ...grouped('retry', 'name', 'reason'),
  ...grouped('budget', 'name', 'name'),
  ...grouped('budget', 'number', 'limit', 'used'),
  ...grouped('otlp', 'byte', 'kind', 'statusCode'),
  ...grouped('otlp', 'text', 'traceState'),
  ...grouped('otlp', 'word', 'flags'),
]

/** Every scalar that people, models or tools said, and its column in `span_content`. */
export const contentFields: readonly ScalarField[] = [
  ...scalars('text', 'input', 'output', 'invocationParameters', 'stateDelta'),
  ...scalars('name', 'inputMime', 'outputMime'),
  ...grouped('tool', 'text', 'arguments', 'result'),
  ...grouped('decision', 'text', 'summary'),
]

/** Lists of content that are kept as JSON text, and their columns in `span_content`. */
export const contentLists = [
  { key: 'inputMessages', column: 'input_messages' },
  { key: 'outputMessages', column: 'output_messages' },
  { key: 'outputToolCalls', column: 'output_tool_calls' },
  { key: 'documents', column: 'documents' },
] as const

function scalars(kind: FieldKind, ...keys: string[]): ScalarField[] {
  return keys.map((key) => ({ key, column: snake(key), kind }))
}

function grouped(group: string, kind: FieldKind, ...keys: string[]): ScalarField[] {
  return keys.map((key) => ({ group, key, column: `${group}_${snake(key)}`, kind }))
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
