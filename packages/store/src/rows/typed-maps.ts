import type { AttributeValue } from '@clew/semconv/span'
import { decodeAnyValue } from './any-value.ts'

/** Attributes by type, as the map columns hold them. `json` takes what the other four cannot. */
export interface TypedMaps {
  string: { [key: string]: string }
  int: { [key: string]: string }
  double: { [key: string]: number }
  bool: { [key: string]: boolean }
  json: { [key: string]: string }
}

export function fromTypedMaps(maps: TypedMaps): [string, AttributeValue][] {
  return [
    ...Object.entries(maps.string),
    ...Object.entries(maps.int).map(([key, value]): [string, bigint] => [key, BigInt(value)]),
    ...Object.entries(maps.double),
    ...Object.entries(maps.bool),
    ...Object.entries(maps.json).map(([key, text]): [string, AttributeValue] => [key, decodeAnyValue(text)]),
  ]
}
