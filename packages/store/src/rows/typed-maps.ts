import type { AttributeMap, AttributeValue } from '@clew/semconv/span'
import { decodeAnyValue, encodeAnyValue } from './any-value.ts'

/** Attributes by type, as the map columns hold them. `json` takes what the other four cannot. */
export interface TypedMaps {
  string: { [key: string]: string }
  int: { [key: string]: string }
  double: { [key: string]: number }
  bool: { [key: string]: boolean }
  json: { [key: string]: string }
}

const int64Max = 2n ** 63n - 1n
const int64Min = -(2n ** 63n)

export function toTypedMaps(attributes: AttributeMap): TypedMaps {
  const maps = emptyMaps()
  for (const [key, value] of Object.entries(attributes)) place(maps, key, value)
  return maps
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

function place(maps: TypedMaps, key: string, value: AttributeValue): void {
  if (typeof value === 'string') maps.string[key] = value
  else if (typeof value === 'boolean') maps.bool[key] = value
  else if (typeof value === 'bigint' && value <= int64Max && value >= int64Min)
    maps.int[key] = value.toString()
  else if (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0))
    maps.double[key] = value
  else maps.json[key] = encodeAnyValue(value)
}

function emptyMaps(): TypedMaps {
  return {
    string: Object.create(null),
    int: Object.create(null),
    double: Object.create(null),
    bool: Object.create(null),
    json: Object.create(null),
  }
}
