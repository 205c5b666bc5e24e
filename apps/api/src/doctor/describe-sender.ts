import { formatCount } from '@clew/domain/format'
import type { Sender, SkewedSender } from '@clew/store'
import { checkClocks } from './check-senders.ts'
import type { FindingStatus } from './finding.ts'
import { countInWords } from './in-words.ts'

/** How a sender looks, in words for a person. */
export interface SenderHealth {
  status: Extract<FindingStatus, 'ok' | 'warning'>
  detail: string
  /** What to do about it. */
  advice?: string
}

/** The first thing that is wrong with what a service sends. */
export function describeSender(sender: Sender, skewed: readonly SkewedSender[]): SenderHealth {
  const own = skewed.filter(({ serviceName }) => serviceName === sender.serviceName)
  const { status, detail, advice } = checkClocks(own)
  if (status === 'warning') return { status, detail, ...(advice !== undefined && { advice }) }
  if (sender.plainCount === sender.spanCount) {
    return {
      status: 'warning',
      detail: 'none of its spans says what it stands for',
      advice:
        'Only the timeline can show them. Instrument the library that calls the model, or set openinference.span.kind.',
    }
  }
  if (isUnnamed(sender.serviceName)) {
    return {
      status: 'warning',
      detail: 'does not say its name',
      advice: 'Set serviceName, or OTEL_SERVICE_NAME, so that it can be told from others.',
    }
  }
  const plain =
    sender.plainCount === 0 ? '' : `, ${formatCount(sender.plainCount)} of them plain OpenTelemetry`
  return { status: 'ok', detail: `${countInWords(sender.spanCount, 'span')}${plain}` }
}

function isUnnamed(serviceName: string): boolean {
  return serviceName === '' || serviceName.startsWith('unknown_service')
}
