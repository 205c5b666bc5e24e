import { z } from 'zod'
import { isTextMap } from './column-checks.ts'

/** A FixedString of zero bytes stands for no id. */
export const optionalIdColumn = z.string().transform((text) => text.replace(/\0+$/, '') || undefined)

/** 64-bit integers come quoted. */
export const bigCountColumn = z.union([z.string(), z.number()]).transform(Number)

/** Nanoseconds since the epoch as decimal text. */
export const nanosColumn = z.union([z.string(), z.number()]).transform(String)

/** '' stands for absent. */
export const optionalTextColumn = z.string().transform((text) => text || undefined)

/** A Map of texts. Not z.record, which drops a key named `__proto__`. */
export const textMapColumn = z.custom<{ [key: string]: string }>(isTextMap)
