import type { AttributeValue } from '@clew/semconv/span'

/** The resource attribute that names every installation that has forwarded a record. */
const mark = 'clew.forwarded.by'

interface Marked {
  resource: { [key: string]: AttributeValue }
}

/** Whether the record left from here before: forwarding it again would send it round for ever. */
export function wasForwardedBy({ resource }: Marked, instanceId: string): boolean {
  return readMark(resource).includes(instanceId)
}

/** The record with this installation added to those that have forwarded it. */
export function markForwarded<Record extends Marked>(record: Record, instanceId: string): Record {
  return { ...record, resource: { ...record.resource, [mark]: [...readMark(record.resource), instanceId] } }
}

function readMark(resource: Marked['resource']): string[] {
  const value = resource[mark]
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : []
}
