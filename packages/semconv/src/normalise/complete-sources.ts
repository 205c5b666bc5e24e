import type { WireSpan } from '../span/canonical.ts'

/** Fields that stand in the OTLP span itself. */
const otlpFields: readonly (readonly [keyof WireSpan, string])[] = [
  ['traceId', 'trace_id'],
  ['spanId', 'span_id'],
  ['parentSpanId', 'parent_span_id'],
  ['name', 'name'],
  ['kind', 'kind'],
  ['scope', 'scope.name'],
  ['scopeVersion', 'scope.version'],
  ['state', 'end_time_unix_nano'],
  ['startTimeUnixNano', 'start_time_unix_nano'],
  ['endTimeUnixNano', 'end_time_unix_nano'],
  ['status', 'status.code'],
  ['statusMessage', 'status.message'],
]

/** Fields of the resource, by the keys that are tried in this order; the span's own attributes come after. */
const resourceFields: readonly (readonly [keyof WireSpan, readonly string[]])[] = [
  ['serviceName', ['service.name']],
  ['serviceVersion', ['service.version']],
  ['environment', ['deployment.environment.name', 'deployment.environment', 'langfuse.environment']],
]

/** Fields that follow from others of the span. */
const derivedFields: readonly (readonly [string, string, string])[] = [
  ['durationNs', 'end_time_unix_nano-start_time_unix_nano', 'difference'],
  ['usage.total', 'usage.input+usage.output', 'sum'],
]

/** Groups whose members are told one by one. */
const groups = [
  'agent',
  'task',
  'workflow',
  'prompt',
  'usage',
  'cost',
  'reportedCost',
  'computedCost',
  'tool',
  'decision',
  'policy',
  'approval',
  'retry',
  'budget',
] as const

/**
 * The source of every canonical field of a span: what the normaliser noted, and what needs no note, as it stands
 * in the OTLP span or its resource, follows from other fields, or was inherited.
 */
export function completeSources(span: WireSpan): { [field: string]: string } {
  const sources: { [field: string]: string } = { ...span.sources }
  for (const [field, key] of otlpFields) if (span[field] !== undefined) sources[field] ??= `${key}#otlp`
  for (const [field, keys] of resourceFields)
    if (span[field] !== undefined) sources[field] ??= resourceSource(span, keys)
  for (const field of span.inherited ?? []) sources[field] ??= 'ancestor#inherited'
  if (span.dialect !== '') sources['dialect'] ??= 'attributes+scope.name#detected'
  for (const [field, key, rule] of derivedFields) if (has(span, field)) sources[field] ??= `${key}#${rule}`
  if (span.inputMime !== undefined) sources['inputMime'] ??= 'input.mime_type#direct'
  if (span.outputMime !== undefined) sources['outputMime'] ??= 'output.mime_type#direct'
  if (span.outputToolCalls !== undefined)
    sources['outputToolCalls'] ??= withRule(sources['outputMessages'], 'open-calls')
  for (const cost of [span.cost, span.computedCost])
    if (cost !== undefined && cost.source !== 'reported') {
      sources[cost === span.cost ? 'cost' : 'computedCost'] ??= `model+usage#${cost.source}`
    }
  for (const group of groups) completeGroup(span, group, sources)
  return sources
}

function resourceSource(span: WireSpan, keys: readonly string[]): string {
  const release = span.attributes['langfuse.release']
  if (keys.includes('service.version') && isSaid(release)) return 'langfuse.release#direct'
  const inResource = keys.find((key) => isSaid(span.resource[key]))
  if (inResource !== undefined) return `${inResource}#resource`
  const inSpan = keys.find((key) => isSaid(span.attributes[key]))
  return `${inSpan ?? keys[0] ?? ''}#direct`
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== ''
}

/** A member that was not noted has the source of its group, which is then told by its members alone. */
function completeGroup(
  span: WireSpan,
  group: (typeof groups)[number],
  sources: { [field: string]: string },
): void {
  const value = span[group]
  if (value === undefined) return
  const noted = group === 'reportedCost' ? 'cost' : group
  const whole = sources[noted] ?? sources[`${noted}.total`]
  for (const member of Object.keys(value)) {
    const source = sources[`${noted}.${member}`] ?? whole
    if (source !== undefined) sources[`${group}.${member}`] ??= source
  }
}

function withRule(source: string | undefined, rule: string): string {
  return source === undefined
    ? `outputMessages#${rule}`
    : `${source.slice(0, source.lastIndexOf('#'))}#${rule}`
}

function has(span: WireSpan, field: string): boolean {
  let value: unknown = span
  for (const part of field.split('.')) {
    if (typeof value !== 'object' || value === null) return false
    value = Reflect.get(value, part)
  }
  return value !== undefined
}
