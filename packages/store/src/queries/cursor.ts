import { z } from 'zod'
import { StoreError } from '../store-failure.ts'

/** Where a page ended: the value sorted by, and the id that parts equal values. */
const cursor = z.strictObject({
  by: z.string(),
  value: z.string().regex(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i),
  id: z.string(),
})
export type Cursor = z.infer<typeof cursor>

export function encodeCursor(position: Cursor): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

/** Throws a StoreError when the text is no cursor of a list sorted by `by`. */
export function parseCursor(text: string, by: string): Cursor {
  const parsed = cursor.safeParse(readJson(text))
  if (parsed.success && parsed.data.by === by) return parsed.data
  throw new StoreError({ code: 'invalid', message: 'The cursor belongs to another list, or to none.' })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
