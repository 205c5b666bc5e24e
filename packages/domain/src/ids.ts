declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type OrganisationId = Branded<'OrganisationId'>
export type ProjectId = Branded<'ProjectId'>
export type TraceId = Branded<'TraceId'>
export type SpanId = Branded<'SpanId'>

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const hex32 = /^[0-9a-f]{32}$/
const hex16 = /^[0-9a-f]{16}$/
const zeros = /^0+$/

/** A lower-case UUID. */
export function parseOrganisationId(value: string): OrganisationId | undefined {
  return isOrganisationId(value) ? value : undefined
}

/** A lower-case UUID. */
export function parseProjectId(value: string): ProjectId | undefined {
  return isProjectId(value) ? value : undefined
}

/** 32 hex digits, not all zero (W3C Trace Context); upper case is folded. */
export function parseTraceId(value: string): TraceId | undefined {
  const folded = value.toLowerCase()
  return isTraceId(folded) ? folded : undefined
}

/** 16 hex digits, not all zero (W3C Trace Context); upper case is folded. */
export function parseSpanId(value: string): SpanId | undefined {
  const folded = value.toLowerCase()
  return isSpanId(folded) ? folded : undefined
}

function isOrganisationId(value: string): value is OrganisationId {
  return uuid.test(value)
}

function isProjectId(value: string): value is ProjectId {
  return uuid.test(value)
}

function isTraceId(value: string): value is TraceId {
  return hex32.test(value) && !zeros.test(value)
}

function isSpanId(value: string): value is SpanId {
  return hex16.test(value) && !zeros.test(value)
}
