import { priceTable, type PriceTable } from './price-table.ts'
import publicPrices from './public-prices.json' with { type: 'json' }

/** The list prices that come with this version, standard tier; `tools/prices` makes the file. */
export function readPublicPrices(): PriceTable {
  return priceTable.parse(publicPrices)
}
