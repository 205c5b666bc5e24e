declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type OrganisationId = Branded<'OrganisationId'>
export type ProjectId = Branded<'ProjectId'>
export type TraceId = Branded<'TraceId'>
export type SpanId = Branded<'SpanId'>

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

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
  if (isTraceId(value)) return value
  const folded = value.toLowerCase()
  return isTraceId(folded) ? folded : undefined
}

/** 16 hex digits, not all zero (W3C Trace Context); upper case is folded. */
export function parseSpanId(value: string): SpanId | undefined {
  if (isSpanId(value)) return value
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
  return isHexId(value, 32)
}

function isSpanId(value: string): value is SpanId {
  return isHexId(value, 16)
}

/** Lower-case hex digits of that number, not all zero. A loop, since three ids of each span are looked at. */
function isHexId(value: string, digits: number): boolean {
  if (value.length !== digits) return false
  let isZero = true
  for (let at = 0; at < digits; at += 1) {
    const code = value.charCodeAt(at)
    const isDigit = code >= 48 && code <= 57
    if (!isDigit && (code < 97 || code > 102)) return false
    if (code !== 48) isZero = false
  }
  return !isZero
}
