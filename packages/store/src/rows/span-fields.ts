/**
 * How a canonical field lies in a column: `text` ('' is absent), `count` (a whole number of 0 or more),
 * `number` (any finite one), `byte` and `word` (unsigned, 8 and 32 bits). What doesn't fit goes to `rest`.
 */
export type FieldKind = 'text' | 'count' | 'number' | 'byte' | 'word'

export interface ScalarField {
  group?: string
  key: string
  column: string
  kind: FieldKind
}

/** Every scalar of the canonical span that is metadata, and its column in `spans`. */
export const spanFields: readonly ScalarField[] = [
  ...texts(
    'name',
    'kind',
    'scope',
    'scopeVersion',
    'dialect',
    'state',
    'status',
    'statusMessage',
    'errorType',
  ),
  ...texts('errorMessage', 'serviceName', 'serviceVersion', 'environment', 'sessionId', 'userId', 'tenantId'),
  ...texts('runId', 'model', 'requestModel', 'provider', 'finishReason', 'stopReason', 'outcome'),
  { key: 'timeToFirstTokenMs', column: 'time_to_first_token_ms', kind: 'number' },
  ...grouped('agent', 'text', 'id', 'name', 'role', 'version'),
  ...grouped('task', 'text', 'id', 'type'),
  ...grouped('workflow', 'text', 'name', 'version'),
  ...grouped('prompt', 'text', 'name', 'version'),
  ...grouped('usage', 'count', 'input', 'output', 'total', 'cacheRead', 'cacheWrite', 'reasoning'),
  ...grouped('cost', 'number', 'input', 'output', 'total'),
  ...grouped('cost', 'text', 'currency', 'source', 'priceVersion'),
  ...grouped('tool', 'text', 'name', 'version', 'callId', 'mcpServer'),
  ...grouped('decision', 'text', 'action', 'argumentsClass'),
  ...grouped('policy', 'text', 'name', 'result'),
  ...grouped('approval', 'text', 'decision', 'by'),
  ...grouped('approval', 'number', 'waitMs', 'editDistance'),
  ...grouped('retry', 'count', 'attempt'),
  ...grouped('retry', 'text', 'reason'),
  ...grouped('budget', 'text', 'name'),
  ...grouped('budget', 'number', 'limit', 'used'),
  ...grouped('otlp', 'byte', 'kind', 'statusCode'),
  ...grouped('otlp', 'text', 'traceState'),
  ...grouped('otlp', 'word', 'flags'),
]

/** Every scalar that people, models or tools said, and its column in `span_content`. */
export const contentFields: readonly ScalarField[] = [
  ...texts('input', 'inputMime', 'output', 'outputMime', 'invocationParameters', 'stateDelta'),
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

function texts(...keys: string[]): ScalarField[] {
  return keys.map((key) => ({ key, column: snake(key), kind: 'text' }))
}

function grouped(group: string, kind: FieldKind, ...keys: string[]): ScalarField[] {
  return keys.map((key) => ({ group, key, column: `${group}_${snake(key)}`, kind }))
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
