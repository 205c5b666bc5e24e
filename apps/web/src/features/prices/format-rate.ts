const rates = new Intl.NumberFormat('en', { maximumFractionDigits: 6 })

/** US dollars per million tokens as price pages write them: `2.5`, `0.075`, `1,200`. */
export function formatRate(rate: number): string {
  return rates.format(rate)
}
