import type { Cost } from '../../span/canonical.ts'
import { type Draft, note } from '../draft.ts'
import { toNumber } from '../value.ts'

/** Sets the cost that the app reported, in USD. Prices are applied later, by who knows the price table. */
export function fillCost(draft: Draft): void {
  const found = readCost(draft)
  if (found === undefined) return
  const { key, rule, ...amounts } = found
  const cost: Cost = { ...amounts, currency: 'USD', source: 'reported' }
  // Zero on a failed call says that nothing was computed, not that it was free.
  if (draft.out.status === 'error' && (cost.total ?? 0) === 0) cost.source = 'unpriced'
  draft.out.cost = cost
  if (cost.source === 'reported') draft.out.reportedCost = cost
  note(draft, 'cost', rule === undefined ? { key } : { key, rule })
}

interface FoundCost {
  input?: number
  output?: number
  total?: number
  key: string
  rule?: string
}

function readCost(draft: Draft): FoundCost | undefined {
  const { attributes, facts } = draft
  const input = toNumber(attributes['llm.cost.prompt'])
  const output = toNumber(attributes['llm.cost.completion'])
  const sum = input === undefined && output === undefined ? undefined : (input ?? 0) + (output ?? 0)
  const total = toNumber(attributes['llm.cost.total']) ?? toNumber(attributes['gen_ai.usage.cost']) ?? sum
  if (total !== undefined) {
    const key =
      attributes['llm.cost.total'] === undefined && sum === undefined ? 'gen_ai.usage.cost' : 'llm.cost.total'
    return {
      ...(input === undefined ? {} : { input }),
      ...(output === undefined ? {} : { output }),
      total,
      key,
    }
  }
  const fact = facts.cost
  return fact === undefined
    ? undefined
    : { ...fact.value, key: fact.key, ...(fact.rule === undefined ? {} : { rule: fact.rule }) }
}
