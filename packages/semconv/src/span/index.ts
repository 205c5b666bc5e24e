export { spanKinds } from './canonical.ts'
export type {
  Agent,
  CanonicalLog,
  CanonicalSpan,
  ClockSkew,
  Cost,
  JsonValue,
  Message,
  OtlpRemainder,
  Redaction,
  RetrievedDocument,
  SpanCheck,
  SpanEvent,
  SpanKind,
  SpanLink,
  SpanState,
  SpanStatus,
  Tool,
  ToolCall,
  Usage,
  WireSpan,
} from './canonical.ts'
export type {
  AttributeMap,
  AttributeValue,
  DecodedEvent,
  DecodedLink,
  DecodedLog,
  DecodedScope,
  DecodedSpan,
  OtlpSpanKind,
  OtlpStatusCode,
} from './decoded.ts'
export { toJsonValue, toWireSpan } from './to-wire.ts'
export { durationBetween, isDurationBetween } from './duration-between.ts'
