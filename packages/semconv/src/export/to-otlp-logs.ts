import type { CanonicalLog } from '../span/canonical.ts'
import type { OtlpKeyValue, OtlpLogRecord, OtlpLogs } from './otlp-json.ts'
import { toOtlpAttributes, toOtlpValue } from './to-otlp-value.ts'

/**
 * Log records as OTLP. Of a severity its word is kept, so that its number is the first of that word's four; the time
 * at which a record was observed and the version of its scope are not kept.
 */
export function toOtlpLogs(logs: readonly CanonicalLog[]): OtlpLogs {
  const resources = new Map<string, { attributes: OtlpKeyValue[]; scopes: Map<string, OtlpLogRecord[]> }>()
  for (const log of logs) {
    const attributes = toOtlpAttributes(log.resource)
    const key = JSON.stringify(attributes)
    const known = resources.get(key) ?? { attributes, scopes: new Map<string, OtlpLogRecord[]>() }
    resources.set(key, known)
    const records = known.scopes.get(log.scope) ?? []
    known.scopes.set(log.scope, records)
    records.push(toRecord(log))
  }
  return {
    resourceLogs: [...resources.values()].map(({ attributes, scopes }) => ({
      resource: { attributes },
      scopeLogs: [...scopes].map(([name, logRecords]) => ({ scope: { name }, logRecords })),
    })),
  }
}

function toRecord(log: CanonicalLog): OtlpLogRecord {
  const { severity, eventName, body } = log
  return {
    timeUnixNano: log.timeUnixNano,
    ...(log.traceId === undefined ? {} : { traceId: log.traceId }),
    ...(log.spanId === undefined ? {} : { spanId: log.spanId }),
    ...(severity === undefined ? {} : { severityText: severity, severityNumber: toSeverityNumber(severity) }),
    ...(eventName === undefined || log.attributes['event.name'] === eventName ? {} : { eventName }),
    ...(body === undefined ? {} : { body: toOtlpValue(body) }),
    attributes: toOtlpAttributes(log.attributes),
  }
}

const severities = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']

function toSeverityNumber(severity: string): number {
  return severities.indexOf(severity.toUpperCase()) * 4 + 1
}
