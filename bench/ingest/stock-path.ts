import { priceSpan, type PriceBook } from '@clew/domain/prices'
import { createLedger, type Redactor } from '@clew/privacy'
import { toCanonical } from '@clew/semconv/normalise'
import type { CanonicalSpan } from '@clew/semconv/span'
import { decodeTracesBody } from '@clew/testing/decode-recording'
import { toStockRows, type StockOwner, type StockRows } from './stock-rows.ts'

/** What one would write first: protobufjs to objects, the same normaliser on them, rows as objects, rows as JSON. */
export function convertStock(args: {
  body: Uint8Array
  prices: PriceBook
  redactor: Redactor | undefined
  owner: StockOwner
}): StockRows {
  const { body, prices, redactor, owner } = args
  const spans = decodeTracesBody(body).map((decoded): CanonicalSpan => {
    const span = toCanonical(decoded)
    Object.assign(span, priceSpan(span, prices))
    return redactor === undefined ? span : redactor.redactValue(span, 'span', createLedger())
  })
  return toStockRows(spans, owner)
}
