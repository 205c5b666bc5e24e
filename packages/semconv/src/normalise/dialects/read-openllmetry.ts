import type { DecodedSpan } from '../../span/decoded.ts'
import { type DialectFacts, jsonRecord } from '../draft.ts'
import { asRecord, toText } from '../value.ts'

/** OpenLLMetry: an entity's input is `{args, kwargs}`; a tool's arguments are what it was called with. */
export function readOpenLlmetry(span: DecodedSpan): DialectFacts {
  const { attributes } = span
  const facts: DialectFacts = {}
  const kind = toText(attributes['traceloop.span.kind'])
  const entity = toText(attributes['traceloop.entity.name'])
  if (kind === 'agent' && entity !== undefined) facts.agentName = agentName(span, entity)
  if (kind === 'workflow' && entity !== undefined) {
    facts.workflowName = { value: entity, key: 'traceloop.entity.name' }
  }
  if (kind !== 'tool') return facts
  const key = 'traceloop.entity.input'
  const input = jsonRecord(attributes, key)
  const kwargs = asRecord(input?.['kwargs'])
  const args = input?.['args']
  const isNamed = kwargs !== undefined && Object.keys(kwargs).length > 0
  const given = isNamed ? kwargs : Array.isArray(args) && args.length === 1 ? args[0] : args
  if (given !== undefined)
    facts.tool = { value: { arguments: JSON.stringify(given) }, key, rule: 'called-with' }
  return facts
}

function agentName(span: DecodedSpan, entity: string): { value: string; key: string } {
  const named = toText(span.attributes['gen_ai.agent.name'])
  return named === undefined
    ? { value: entity, key: 'traceloop.entity.name' }
    : { value: named, key: 'gen_ai.agent.name' }
}
