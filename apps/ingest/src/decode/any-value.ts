import type { AttributeMap, AttributeValue } from '@clew/semconv/span'
import { setOwn } from './received.ts'
import type { WireCursor } from './wire-cursor.ts'

interface Box {
  value: AttributeValue
}

interface Pair extends Box {
  key: string
}

/** Reads an `opentelemetry.proto.common.v1.AnyValue`; one with nothing set is null. */
export function readAnyValue(cursor: WireCursor): AttributeValue {
  return cursor.message<Box>({ value: null }, readAnyValueField).value
}

/** Reads one `KeyValue` into a map. */
export function readKeyValue(map: { [key: string]: AttributeValue }, cursor: WireCursor): void {
  const pair = cursor.message<Pair>({ key: '', value: null }, readKeyValueField)
  setOwn(map, pair.key, pair.value)
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

function readKeyValueField(pair: Pair, cursor: WireCursor, tag: number): boolean {
  switch (tag) {
    case 0x0a:
      pair.key = cursor.text()
      return true
    case 0x12:
      pair.value = readAnyValue(cursor)
      return true
    default:
      return false
  }
}

function readAnyValueField(box: Box, cursor: WireCursor, tag: number): boolean {
  switch (tag) {
    case 0x0a:
      box.value = cursor.text()
      return true
    case 0x10:
      box.value = cursor.bool()
      return true
    case 0x18:
      box.value = cursor.int64()
      return true
    case 0x21:
      box.value = cursor.double()
      return true
    case 0x2a:
      box.value = cursor.message<AttributeValue[]>([], readListItem)
      return true
    case 0x32:
      box.value = cursor.message<{ [key: string]: AttributeValue }>({}, readMapEntry)
      return true
    case 0x3a:
      box.value = cursor.bytes()
      return true
    default:
      return false
  }
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
