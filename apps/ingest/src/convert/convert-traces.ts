import { priceSpan, publicPrices } from '@clew/domain'
import type { Redactor } from '@clew/privacy'
import { toCanonical } from '@clew/semconv/normalise'
import type { CanonicalSpan } from '@clew/semconv/span'
import type { ReceivedGroup, ReceivedSpan } from '../decode/received.ts'
import { checkSpan } from './check-span.ts'
import type { TimeWindow } from './check-time.ts'
import { redactSpan } from './redact-record.ts'
import type { Rejection } from './rejection.ts'
import { createYielder } from './yield-to-others.ts'

/** Judges, normalises, redacts and prices each span; what can't be kept is named. */
export async function convertTraces(args: {
  groups: readonly ReceivedGroup<ReceivedSpan>[]
  window: TimeWindow
  redactor: Redactor
}): Promise<{ spans: CanonicalSpan[]; rejected: Rejection[] }> {
  const { groups, window, redactor } = args
  const spans: CanonicalSpan[] = []
  const rejected: Rejection[] = []
  const yieldToOthers = createYielder()
  for (const { resource, scope, records } of groups) {
    for (const received of records) {
      const checked = checkSpan(received, { resource, scope, window })
      if (!checked.ok) rejected.push(checked.error)
      else spans.push(withCost(redactSpan(toCanonical(checked.value), redactor)))
      await yieldToOthers()
    }
  }
  return { spans, rejected }
}

/** A reported cost stands; it is kept as `reportedCost` too, whatever prices say later. */
function withCost(span: CanonicalSpan): CanonicalSpan {
  const cost = priceSpan(span, publicPrices)
  return cost === undefined ? span : { ...span, cost }
}
