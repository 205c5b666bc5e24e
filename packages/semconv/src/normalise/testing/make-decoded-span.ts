import type { DecodedSpan } from '../../span/decoded.ts'

/** A decoded span for tests: ended, unset, with whatever is given. */
export function makeDecodedSpan(given: Partial<DecodedSpan> = {}): DecodedSpan {
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    name: 'span',
    otlpKind: 1,
    startTimeUnixNano: '1000000000',
    endTimeUnixNano: '2000000000',
    statusCode: 0,
    attributes: {},
    events: [],
    links: [],
    scope: { name: 'test', attributes: {} },
    resource: {},
    ...given,
  }
}
