import { parseOrganisationId, parseProjectId } from '@clew/domain'
import type { OrganisationId, ProjectId } from '@clew/domain'
import type { CanonicalSpan } from '@clew/semconv/span'
import type { InsertBatch, RowOwner } from '../insert/batch.ts'

/**
 * The next Friday at noon, UTC, where the tests' clocks stand: always the same day of the week, and never so long ago
 * that the engine, which goes by the machine's clock, finds something of a test expired.
 */
export const testNowMs = nextFridayNoon(Date.now())

function nextFridayNoon(nowMs: number): number {
  const weekMs = 7 * 86_400_000
  const someFridayNoon = Date.UTC(2026, 10, 20, 12)
  return someFridayNoon + Math.ceil((nowMs - someFridayNoon) / weekMs) * weekMs
}

export function testProject(number = 1): ProjectId {
  const id = parseProjectId(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`)
  if (!id) throw new Error('not a project id')
  return id
}

export function testOrganisation(): OrganisationId {
  const id = parseOrganisationId('00000000-0000-4000-9000-000000000001')
  if (!id) throw new Error('not an organisation id')
  return id
}

export function testOwner(overrides: Partial<RowOwner> = {}): RowOwner {
  return {
    organisationId: testOrganisation(),
    projectId: testProject(),
    retention: { metadataDays: 30, contentDays: 7 },
    receivedAtMs: testNowMs,
    ...overrides,
  }
}

export function testTraceId(number: number): string {
  return number.toString(16).padStart(32, 'a')
}

export function testSpanId(number: number): string {
  return number.toString(16).padStart(16, 'b')
}

/** Milliseconds before the tests' now, as decimal nanoseconds. */
export function ago(ms: number): string {
  return (BigInt(testNowMs - ms) * 1_000_000n).toString()
}

/** An ended LLM span of one second that started a minute ago. */
export function buildSpan(overrides: Partial<CanonicalSpan> = {}): CanonicalSpan {
  const start = overrides.startTimeUnixNano ?? ago(60_000)
  const isRunning = overrides.state === 'running'
  return {
    traceId: testTraceId(1),
    spanId: testSpanId(1),
    name: 'chat',
    kind: 'LLM',
    scope: 'test',
    dialect: 'clew',
    state: 'ended',
    status: 'ok',
    startTimeUnixNano: start,
    ...(!isRunning && { endTimeUnixNano: String(BigInt(start) + 1_000_000_000n), durationNs: '1000000000' }),
    attributes: {},
    resource: {},
    events: [],
    links: [],
    ...overrides,
  }
}

export function buildBatch(token: string, overrides: Partial<InsertBatch> = {}): InsertBatch {
  return { token, spans: [], logs: [], runEvents: [], scores: [], ...overrides }
}
