import type { AttributeMap, AttributeValue } from '@clew/semconv/span'
import { setOwn } from './received.ts'
import type { WireCursor } from './wire-cursor.ts'

/**
 * Reads an `opentelemetry.proto.common.v1.AnyValue`; one with nothing set is null. By a loop of its own, as `readKeyValue`:
 * with `message` each of thousands of attributes would need two objects to read into.
 */
export function readAnyValue(cursor: WireCursor): AttributeValue {
  let value: AttributeValue = null
  const outerEnd = cursor.enter()
  while (cursor.isInside) {
    const tag = cursor.tag()
    switch (tag) {
      case 0x0a:
        value = cursor.text()
        break
      case 0x10:
        value = cursor.bool()
        break
      case 0x18:
        value = cursor.int64()
        break
      case 0x21:
        value = cursor.double()
        break
      case 0x2a:
        value = cursor.message<AttributeValue[]>([], readListItem)
        break
      case 0x32:
        value = cursor.message<{ [key: string]: AttributeValue }>({}, readMapEntry)
        break
      case 0x3a:
        value = cursor.bytes()
        break
      default:
        cursor.skip(tag)
    }
  }
  cursor.leave(outerEnd)
  return value
}

/** Reads one `KeyValue` into a map. */
export function readKeyValue(map: { [key: string]: AttributeValue }, cursor: WireCursor): void {
  let key = ''
  let value: AttributeValue = null
  const outerEnd = cursor.enter()
  while (cursor.isInside) {
    const tag = cursor.tag()
    if (tag === 0x0a) key = cursor.text()
    else if (tag === 0x12) value = readAnyValue(cursor)
    else cursor.skip(tag)
  }
  cursor.leave(outerEnd)
  setOwn(map, key, value)
}

/** Reads one `KeyValue` of a field that holds attributes. */
export function readAttribute(holder: { attributes: AttributeMap }, cursor: WireCursor): true {
  readKeyValue(writable(holder.attributes), cursor)
  return true
}

/** Attribute maps are read-only for everybody but the decoder that fills them. */
function writable(map: AttributeMap): { [key: string]: AttributeValue } {
  return map
}

function readListItem(list: AttributeValue[], cursor: WireCursor, tag: number): boolean {
  if (tag !== 0x0a) return false
  list.push(readAnyValue(cursor))
  return true
}

function readMapEntry(map: { [key: string]: AttributeValue }, cursor: WireCursor, tag: number): boolean {
  if (tag !== 0x0a) return false
  readKeyValue(map, cursor)
  return true
}
