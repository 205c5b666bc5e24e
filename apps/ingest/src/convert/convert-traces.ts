import { ok } from '@clew/domain'
import { priceSpan, type PriceBook } from '@clew/domain/prices'
import type { Redactor } from '@clew/privacy'
import { toStored } from '@clew/semconv/normalise'
import type { CanonicalSpan, DecodedSpan } from '@clew/semconv/span'
import type { ReceivedGroup, ReceivedSpan } from '../decode/received.ts'
import { attemptEach } from './attempt-each.ts'
import { checkSpan, nameOfSpan } from './check-span.ts'
import type { TimeWindow } from './check-time.ts'
import { type CleanContext, redactContext, redactSpan } from './redact-span.ts'
import type { Rejection } from './rejection.ts'

/** Judges, redacts, normalises and prices each span; what can't be kept is named. */
export async function convertTraces(args: {
  groups: readonly ReceivedGroup<ReceivedSpan>[]
  window: TimeWindow
  redactor: Redactor
  /** Of the project that sent the spans. */
  prices: PriceBook
  onBug: (error: unknown) => void
}): Promise<{ spans: CanonicalSpan[]; rejected: Rejection[] }> {
  const { groups, window, redactor, prices, onBug } = args
  const clean = createContextMemo(redactor)
  const { kept, rejected } = await attemptEach({
    groups,
    nameOf: nameOfSpan,
    onBug,
    convert: (received, group) => {
      const context = clean(group)
      const checked = checkSpan(received, context, window)
      return checked.ok ? ok(withCost(toCleanSpan(checked.value, { context, redactor }), prices)) : checked
    },
  })
  return { spans: kept, rejected }
}

/** Records come group by group, so that the last group's context is the one that is asked for. */
function createContextMemo(redactor: Redactor): (group: ReceivedGroup<ReceivedSpan>) => CleanContext {
  let last: { group: ReceivedGroup<ReceivedSpan>; context: CleanContext } | undefined
  return (group) => {
    if (last?.group !== group) last = { group, context: redactContext(group, redactor) }
    return last.context
  }
}

/** What the sender took out comes first in the ledger, then what was taken out here. */
function toCleanSpan(
  decoded: DecodedSpan,
  { context, redactor }: { context: CleanContext; redactor: Redactor },
): CanonicalSpan {
  const { span, redactions } = redactSpan(decoded, redactor)
  const canonical = toStored(span)
  if (redactions.length === 0 && context.redactions.length === 0) return canonical
  canonical.redactions = [...(canonical.redactions ?? []), ...redactions, ...context.redactions]
  return canonical
}

function withCost(span: CanonicalSpan, prices: PriceBook): CanonicalSpan {
  const { cost, computedCost } = priceSpan(span, prices)
  // Assigned by name: the engine would make a slow dictionary of a span that it copies fields to.
  if (cost !== undefined) span.cost = cost
  if (computedCost !== undefined) span.computedCost = computedCost
  return span
}
