import { priceOverridesOf, type Control } from '@clew/control'
import type { ProjectId } from '@clew/domain'
import { buildPriceBook, readPublicPrices, type PriceBook, type PriceOverride } from '@clew/domain/prices'

/** The prices that each project's spans are priced by. */
export interface PriceBooks {
  of(projectId: ProjectId): Promise<PriceBook>
}

/** Reads the public table once; a project's book lives until its own prices change. */
export function openPriceBooks(control: Control): PriceBooks {
  const table = readPublicPrices()
  const publicBook = buildPriceBook({ table })
  const books = new WeakMap<readonly PriceOverride[], PriceBook>()
  return {
    of: async (projectId) => {
      const overrides = await priceOverridesOf(control, projectId)
      if (overrides.length === 0) return publicBook
      const known = books.get(overrides) ?? buildPriceBook({ table, overrides })
      books.set(overrides, known)
      return known
    },
  }
}
