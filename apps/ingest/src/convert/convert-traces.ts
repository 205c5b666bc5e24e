import { ok, priceSpan, publicPrices } from '@clew/domain'
import type { Redactor } from '@clew/privacy'
import { toCanonical } from '@clew/semconv/normalise'
import type { CanonicalSpan } from '@clew/semconv/span'
import type { ReceivedGroup, ReceivedSpan } from '../decode/received.ts'
import { attemptEach } from './attempt-each.ts'
import { checkSpan, nameOfSpan } from './check-span.ts'
import type { TimeWindow } from './check-time.ts'
import { redactSpan } from './redact-record.ts'
import type { Rejection } from './rejection.ts'

/** Judges, normalises, redacts and prices each span; what can't be kept is named. */
export async function convertTraces(args: {
  groups: readonly ReceivedGroup<ReceivedSpan>[]
  window: TimeWindow
  redactor: Redactor
  onBug: (error: unknown) => void
}): Promise<{ spans: CanonicalSpan[]; rejected: Rejection[] }> {
  const { groups, window, redactor, onBug } = args
  const { kept, rejected } = await attemptEach({
    groups,
    nameOf: nameOfSpan,
    onBug,
    convert: (received, { resource, scope }) => {
      const checked = checkSpan(received, { resource, scope, window })
      return checked.ok ? ok(withCost(redactSpan(toCanonical(checked.value), redactor))) : checked
    },
  })
  return { spans: kept, rejected }
}

/** A reported cost stands; it is kept as `reportedCost` too, whatever prices say later. */
function withCost(span: CanonicalSpan): CanonicalSpan {
  const cost = priceSpan(span, publicPrices)
  if (cost !== undefined) span.cost = cost
  return span
}
