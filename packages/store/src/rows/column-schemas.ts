import { z } from 'zod'

/** A FixedString of zero bytes stands for no id. */
export const optionalIdColumn = z.string().transform((text) => text.replace(/\0+$/, '') || undefined)

/** 64-bit integers come quoted. */
export const bigCountColumn = z.union([z.string(), z.number()]).transform(Number)

/** Nanoseconds since the epoch as decimal text. */
export const nanosColumn = z.union([z.string(), z.number()]).transform(String)

/** '' stands for absent. */
export const optionalTextColumn = z.string().transform((text) => text || undefined)

/** A Map column. Not z.record, which drops a key named `__proto__`. */
export function mapColumn<Value>(
  isValue: (value: unknown) => value is Value,
): z.ZodType<{ [key: string]: Value }> {
  return z.custom<{ [key: string]: Value }>(
    (map) => typeof map === 'object' && map !== null && Object.values(map).every(isValue),
  )
}

export const textMapColumn = mapColumn((value): value is string => typeof value === 'string')
export const numberMapColumn = mapColumn((value): value is number => typeof value === 'number')
export const boolMapColumn = mapColumn((value): value is boolean => typeof value === 'boolean')
