import { toEpochMs } from '@clew/domain'
import type { PrivacyClass } from '@clew/semconv/attributes'
import { toWireSpan, type AttributeMap, type CanonicalSpan, type WireSpan } from '@clew/semconv/span'
import type { RowOwner } from '../insert/batch.ts'
import { toPreview } from './preview.ts'
import { toReceiptFields } from './receipt-fields.ts'
import { splitContent } from './split-content.ts'

const dayMs = 86_400_000

/** The span that its rows will be read as, with previews, from what the rows are made of. */
export function toPreviewSpan(
  { owner, span }: { owner: RowOwner; span: CanonicalSpan },
  options: { classOf: (key: string) => PrivacyClass; content: 'none' | 'preview' },
): WireSpan {
  const metadataOf = (attributes: AttributeMap): AttributeMap =>
    splitContent(attributes, options.classOf).metadata
  const {
    input,
    inputMime,
    output,
    outputMime,
    inputMessages: _inputMessages,
    outputMessages: _outputMessages,
    outputToolCalls = [],
    invocationParameters: _invocationParameters,
    documents: _documents,
    evidence: _evidence,
    stateDelta: _stateDelta,
    observedTimeUnixNano: _observed,
    clockSkew: _clockSkew,
    isPlaceholder: _isPlaceholder,
    tool,
    decision,
    ...metadata
  } = span
  return {
    ...toWireSpan({
      ...metadata,
      attributes: metadataOf(span.attributes),
      events: span.events.map((event) => ({ ...event, attributes: metadataOf(event.attributes) })),
    }),
    ...leftOf('tool', tool, ['arguments', 'result']),
    ...leftOf('decision', decision, ['summary']),
    ...(outputToolCalls.length > 0 && {
      outputToolCalls: outputToolCalls.map(({ id, name }) => ({ ...(id && { id }), name })),
    }),
    ...(options.content === 'preview' &&
      isContentVisible(owner, span) && {
        ...(input && { input: toPreview(input) }),
        ...(inputMime && { inputMime }),
        ...(output && { output: toPreview(output) }),
        ...(outputMime && { outputMime }),
      }),
    ...toReceiptFields({
      isRunning: span.state === 'running',
      startNs: span.startTimeUnixNano,
      durationNs: durationOf(span),
      receivedMs: owner.receivedAtMs,
    }),
  }
}

/** A part of a span whose other fields are content; nothing where only those were. */
function leftOf<Part extends object>(
  name: string,
  part: Part | undefined,
  content: readonly (keyof Part & string)[],
): { [name: string]: Partial<Part> } {
  if (part === undefined) return {}
  const left: Partial<Part> = { ...part }
  for (const key of content) delete left[key]
  return Object.keys(left).length > 0 || Object.keys(part).length === 0 ? { [name]: left } : {}
}

function isContentVisible({ receivedAtMs, retention }: RowOwner, span: CanonicalSpan): boolean {
  return toEpochMs(span.startTimeUnixNano) >= receivedAtMs - retention.contentDays * dayMs
}

/** As the row has it: a duration counts where there is an end, and where it is one. */
export function durationOf({ endTimeUnixNano, durationNs = '' }: CanonicalSpan): string {
  return endTimeUnixNano !== undefined && /^\d{1,19}$/.test(durationNs) ? durationNs : '0'
}
