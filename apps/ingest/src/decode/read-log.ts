import { readAnyValue, readAttribute } from './any-value.ts'
import type { ReceivedLog } from './received.ts'
import type { WireCursor } from './wire-cursor.ts'

/** Reads a field of `opentelemetry.proto.logs.v1.LogRecord`. */
export function readLogField(log: ReceivedLog, cursor: WireCursor, tag: number): boolean {
  switch (tag) {
    case 0x09:
      log.timeUnixNano = cursor.fixed64()
      return true
    case 0x10:
      log.severityNumber = cursor.enum()
      return true
    case 0x1a:
      log.severityText = cursor.text()
      return true
    case 0x2a:
      log.body = readAnyValue(cursor)
      return true
    case 0x32:
      return readAttribute(log, cursor)
    case 0x38:
      cursor.uint32()
      return true
    case 0x45:
      cursor.fixed32()
      return true
    case 0x4a:
      log.traceId = cursor.hex()
      return true
    case 0x52:
      log.spanId = cursor.hex()
      return true
    case 0x59:
      log.observedTimeUnixNano = cursor.fixed64()
      return true
    case 0x62:
      log.eventName = cursor.text()
      return true
    default:
      return false
  }
}
