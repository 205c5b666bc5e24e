/** What a form for a price starts from. */
export interface PriceDraft {
  model?: string
  provider?: string
}

export interface PriceForm {
  model: string
  provider: string
  input: string
  output: string
  cacheRead: string
  cacheWrite: string
  reasoning: string
  /** A day as `2026-11-27`, or empty for now. */
  from: string
}

export interface WantedPrice {
  model: string
  provider?: string
  input: number
  output: number
  cacheRead?: number
  cacheWrite?: number
  reasoning?: number
  inForceFrom?: string
}

export function toForm({ model = '', provider = '' }: PriceDraft): PriceForm {
  return { model, provider, input: '', output: '', cacheRead: '', cacheWrite: '', reasoning: '', from: '' }
}

/** The price that the form asks for, or nothing while it is not whole. */
export function toWanted(form: PriceForm): WantedPrice | undefined {
  const input = toRate(form.input)
  const output = toRate(form.output)
  const rest = [form.cacheRead, form.cacheWrite, form.reasoning].map((text) =>
    text.trim() === '' ? 'none' : toRate(text),
  )
  if (form.model.trim() === '' || input === undefined || output === undefined) return undefined
  if (rest.includes(undefined)) return undefined
  const [cacheRead, cacheWrite, reasoning] = rest
  return {
    model: form.model.trim(),
    ...(form.provider.trim() === '' ? {} : { provider: form.provider.trim() }),
    input,
    output,
    ...(typeof cacheRead === 'number' && { cacheRead }),
    ...(typeof cacheWrite === 'number' && { cacheWrite }),
    ...(typeof reasoning === 'number' && { reasoning }),
    ...(form.from === '' ? {} : { inForceFrom: `${form.from}T00:00:00Z` }),
  }
}

/** A decimal comma is one of ours. */
function toRate(text: string): number | undefined {
  const rate = Number(text.trim().replace(',', '.'))
  return text.trim() === '' || !Number.isFinite(rate) || rate < 0 ? undefined : rate
}
