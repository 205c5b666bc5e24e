export interface FilterField {
  /** The wire name of the filter AST. */
  field: string
  /** What a person types and reads. */
  label: string
  type: 'text' | 'number' | 'duration' | 'boolean'
}

/** What runs can be filtered by, beside `attributes.<key>`. */
export const filterFields: readonly FilterField[] = [
  { field: 'status', label: 'status', type: 'text' },
  { field: 'agent', label: 'agent', type: 'text' },
  { field: 'model', label: 'model', type: 'text' },
  { field: 'tool', label: 'tool', type: 'text' },
  { field: 'service', label: 'service', type: 'text' },
  { field: 'environment', label: 'environment', type: 'text' },
  { field: 'session', label: 'session', type: 'text' },
  { field: 'user', label: 'user', type: 'text' },
  { field: 'tag', label: 'tag', type: 'text' },
  { field: 'name', label: 'name', type: 'text' },
  { field: 'version', label: 'version', type: 'text' },
  { field: 'outcome', label: 'outcome', type: 'text' },
  { field: 'error', label: 'error', type: 'text' },
  { field: 'durationMs', label: 'duration', type: 'duration' },
  { field: 'tokens', label: 'tokens', type: 'number' },
  { field: 'cost', label: 'cost', type: 'number' },
  { field: 'hasError', label: 'hasError', type: 'boolean' },
]

/** Fields whose second word is a name that senders chose. */
const openPrefixes = ['attributes.', 'score.']

/** The field behind what was typed: label or wire name, an attribute, a score. */
export function findFilterField(typed: string): FilterField | undefined {
  const lower = typed.toLowerCase()
  const known = filterFields.find(
    (one) => one.label.toLowerCase() === lower || one.field.toLowerCase() === lower,
  )
  if (known !== undefined) return known
  const isNamed = openPrefixes.some((prefix) => typed.startsWith(prefix) && typed.length > prefix.length)
  return isNamed ? { field: typed, label: typed, type: 'text' } : undefined
}
