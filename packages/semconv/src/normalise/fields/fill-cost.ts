import type { Cost } from '../../span/canonical.ts'
import { type Draft, note } from '../draft.ts'
import { keyList } from '../key-list.ts'
import { toNumber } from '../value.ts'

const costKeys = keyList('llm.cost.total', 'gen_ai.usage.cost', 'llm.cost.prompt', 'llm.cost.completion')

/** Sets the cost that the app reported, in USD. Prices are applied later, by who knows the price table. */
export function fillCost(draft: Draft): void {
  const amounts = readAttributes(draft) ?? readFacts(draft)
  if (amounts === undefined) return
  const cost: Cost = { ...amounts, currency: 'USD', source: 'reported' }
  // Zero on a failed call says that nothing was computed, not that it was free.
  if (draft.out.status === 'error' && (cost.total ?? 0) === 0) cost.source = 'unpriced'
  draft.out.cost = cost
  if (cost.source === 'reported') draft.out.reportedCost = cost
}

interface Amounts {
  input?: number
  output?: number
  total: number
}

function readAttributes(draft: Draft): Amounts | undefined {
  if (draft.shape.present(costKeys).length === 0) return undefined
  const { attributes } = draft
  const input = toNumber(attributes['llm.cost.prompt'])
  const output = toNumber(attributes['llm.cost.completion'])
  const sum = input === undefined && output === undefined ? undefined : (input ?? 0) + (output ?? 0)
  const own = toNumber(attributes['llm.cost.total'])
  const total = own ?? toNumber(attributes['gen_ai.usage.cost']) ?? sum
  if (total === undefined) return undefined
  if (input !== undefined) note(draft, 'cost.input', { key: 'llm.cost.prompt' })
  if (output !== undefined) note(draft, 'cost.output', { key: 'llm.cost.completion' })
  if (own !== undefined) note(draft, 'cost.total', { key: 'llm.cost.total' })
  else if (total === sum)
    note(draft, 'cost.total', { key: 'llm.cost.prompt+llm.cost.completion', rule: 'sum' })
  else note(draft, 'cost.total', { key: 'gen_ai.usage.cost' })
  return { ...(input === undefined ? {} : { input }), ...(output === undefined ? {} : { output }), total }
}

function readFacts(draft: Draft): Amounts | undefined {
  const fact = draft.facts.cost
  const total = fact?.value.total
  if (fact === undefined || total === undefined) return undefined
  for (const part of ['input', 'output', 'total'] as const) {
    if (fact.value[part] !== undefined) note(draft, `cost.${part}`, { key: fact.key, rule: part })
  }
  return { ...fact.value, total }
}
