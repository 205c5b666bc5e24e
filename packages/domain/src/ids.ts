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
  return uuid.test(value) ? brandAs<OrganisationId>(value) : undefined
}

/** A lower-case UUID. */
export function parseProjectId(value: string): ProjectId | undefined {
  return uuid.test(value) ? brandAs<ProjectId>(value) : undefined
}

/** 32 hex digits, not all zero (W3C Trace Context); upper case is folded. */
export function parseTraceId(value: string): TraceId | undefined {
  const folded = value.toLowerCase()
  return hex32.test(folded) && !zeros.test(folded) ? brandAs<TraceId>(folded) : undefined
}

/** 16 hex digits, not all zero (W3C Trace Context); upper case is folded. */
export function parseSpanId(value: string): SpanId | undefined {
  const folded = value.toLowerCase()
  return hex16.test(folded) && !zeros.test(folded) ? brandAs<SpanId>(folded) : undefined
}

function brandAs<T extends string>(checked: string): T {
  return checked as T
}
