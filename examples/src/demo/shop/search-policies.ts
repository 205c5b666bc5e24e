import { pause } from './pause.ts'
import { policies } from './policies.ts'
import type { Policy } from './policies.ts'

export interface FoundPolicy {
  id: string
  content: string
  score: number
}

/** Ranks the policies by the words that they share with the query; rare words weigh more. */
export async function searchPolicies(args: { query: string; limit: number }): Promise<FoundPolicy[]> {
  await pause(240 + Math.random() * 120)
  const words = new Set(toWords(args.query))
  const ranked = policies.map((policy) => ({ policy, score: rank(policy, words) }))
  return ranked
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, args.limit)
    .map(({ policy, score }) => ({
      id: policy.id,
      content: policy.text,
      score: Math.round(score * 100) / 100,
    }))
}

function rank(policy: Policy, words: ReadonlySet<string>): number {
  const text = new Set(toWords(`${policy.title} ${policy.text}`))
  let shared = 0
  let all = 0
  for (const word of words) {
    const weight = 1 / Math.max(1, policies.filter(({ text: other }) => toWords(other).includes(word)).length)
    all += weight
    if (text.has(word)) shared += weight
  }
  return all === 0 ? 0 : shared / all
}

function toWords(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\d-]{3,}/gu) ?? []).map((word) => word.replace(/(?:ed|s)$/, ''))
}
