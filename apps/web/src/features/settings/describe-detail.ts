/** A change's detail on one line: `name: support, scopes: ingest read`. */
export function describeDetail(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .map(([key, value]) => `${key}: ${toText(value)}`)
    .join(', ')
}

function toText(value: unknown): string {
  if (Array.isArray(value)) return value.map(toText).join(' ')
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return String(value)
}
