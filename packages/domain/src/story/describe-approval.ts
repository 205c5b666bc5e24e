import type { RunNode } from './build-run-model.ts'
import { isOpen } from './build-run-model.ts'
import type { StepTelling, StoryPart } from './story-part.ts'
import { summariseValue } from './summarise-value.ts'

const verbs: ReadonlyMap<string, { verb: string; rest: string }> = new Map([
  ['approve', { verb: 'approved', rest: 'it' }],
  ['approved', { verb: 'approved', rest: 'it' }],
  ['allow', { verb: 'approved', rest: 'it' }],
  ['edit', { verb: 'edited', rest: 'it and let it through' }],
  ['edited', { verb: 'edited', rest: 'it and let it through' }],
  ['reject', { verb: 'rejected', rest: 'it' }],
  ['rejected', { verb: 'rejected', rest: 'it' }],
  ['deny', { verb: 'rejected', rest: 'it' }],
  ['denied', { verb: 'rejected', rest: 'it' }],
])

/** A person's decision, or that one is awaited; an edit is shown in place where both values are known. */
export function describeApproval(node: RunNode): StepTelling {
  const { span } = node
  const mark = { by: 'kind', kind: 'APPROVAL' } as const
  const asked: StoryPart[] =
    span.input === undefined ? [] : [{ as: 'quote', text: summariseValue(span.input, 80) }]
  if (isOpen(node)) {
    return { mark, parts: [{ as: 'verb', text: 'Waits' }, { as: 'text', text: 'for a person' }, ...asked] }
  }
  const decision = span.approval?.decision ?? span.output
  const who: StoryPart = { as: 'text', text: span.approval?.by ?? 'A person' }
  const known = verbs.get(decision?.toLowerCase() ?? '')
  if (known === undefined) {
    const said = decision === undefined ? 'decided' : summariseValue(decision, 60)
    return { mark, parts: [who, { as: 'verb', text: said }, ...asked] }
  }
  const edit = known.verb === 'edited' ? findEdit(span.input, span.output) : undefined
  if (edit !== undefined) return { mark, parts: [who, { as: 'verb', text: 'edited' }, ...edit] }
  return { mark, parts: [who, { as: 'verb', text: known.verb }, { as: 'text', text: known.rest }, ...asked] }
}

/** The one field that differs between what was asked and what was let through. */
function findEdit(before: string | undefined, after: string | undefined): StoryPart[] | undefined {
  const asked = parseRecord(before)
  const given = parseRecord(after)
  if (asked === undefined || given === undefined) return undefined
  const changed = [...asked].filter(([key, value]) => given.has(key) && given.get(key) !== value)
  const [only] = changed
  if (only === undefined || changed.length > 1) return undefined
  return [
    { as: 'text', text: `the ${only[0]}` },
    { as: 'removed', text: only[1] },
    { as: 'added', text: given.get(only[0]) ?? '' },
    { as: 'text', text: 'and let it through' },
  ]
}

function parseRecord(text: string | undefined): Map<string, string> | undefined {
  if (text === undefined || !text.trimStart().startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (value === null || typeof value !== 'object') return undefined
    const flat = new Map<string, string>()
    for (const [key, entry] of Object.entries(value)) {
      if (typeof entry === 'string' || typeof entry === 'number') flat.set(key, String(entry))
    }
    return flat
  } catch {
    return undefined
  }
}
