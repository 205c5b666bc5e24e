import type { PricePeriod, PriceTable, Rates } from '@clew/domain/prices'
import { formatCount } from '@clew/domain/format'
import { formatRate } from './format-rate.ts'

/** One price of a model as a row of the table. */
export interface PriceRow {
  key: string
  provider: string
  model: string
  rates: Rates
  /** From when on, at which hours, above which input; empty for a price that always holds. */
  remarks: string
}

/** Every list price whose provider or model has all words of the search in it; hosts of others' models last. */
export function toPriceRows({ table, search }: { table: PriceTable; search: string }): PriceRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const makersFirst = table.providers.toSorted(
    (a, b) => Number(a.isHost ?? false) - Number(b.isHost ?? false),
  )
  return makersFirst.flatMap(({ id, name, models }) =>
    models.flatMap((model) => {
      const subject = `${id} ${name} ${model.id}`.toLowerCase()
      if (!words.every((word) => subject.includes(word))) return []
      return model.prices.map((period, index) => ({
        key: `${id}/${model.id}/${index}`,
        provider: name,
        model: model.id,
        rates: period,
        remarks: toRemarks(period),
      }))
    }),
  )
}

function toRemarks({ from, hours, tiers = [] }: PricePeriod): string {
  return [
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(hours === undefined ? [] : [`${hours.from} to ${hours.to} UTC`]),
    ...tiers.map(
      ({ aboveInput, input, output }) =>
        `above ${formatCount(aboveInput)} tokens in: ${formatRate(input)} / ${formatRate(output)}`,
    ),
  ].join('; ')
}
