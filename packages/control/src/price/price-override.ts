import type { tables } from '@clew/db'
import type { PriceOverride } from '@clew/domain/prices'

/** A project's own price of a model, in US dollars per million tokens, from a moment on. */
export interface ProjectPrice {
  id: string
  model: string
  provider?: string
  input: number
  output: number
  cacheRead?: number
  cacheWrite?: number
  reasoning?: number
  inForceFrom: string
  setBy: string
  setAt: string
}

type PriceRow = typeof tables.priceOverride.$inferSelect

export function toProjectPrice(row: PriceRow): ProjectPrice {
  const { provider, cacheRead, cacheWrite, reasoning } = row
  return {
    id: row.id,
    model: row.model,
    ...(provider !== null && { provider }),
    input: row.input,
    output: row.output,
    ...(cacheRead !== null && { cacheRead }),
    ...(cacheWrite !== null && { cacheWrite }),
    ...(reasoning !== null && { reasoning }),
    inForceFrom: row.inForceFrom.toISOString(),
    setBy: row.setBy,
    setAt: row.setAt.toISOString(),
  }
}

export function toPriceOverride({ inForceFrom, ...price }: ProjectPrice): PriceOverride {
  return { ...price, fromMs: Date.parse(inForceFrom) }
}
