import { asGenAi, toOtlpLogs, toOtlpTraces, type OtlpLogs, type OtlpTraces } from '@clew/semconv/export'
import type { CanonicalSpan } from '@clew/semconv/span'
import { readTypedLogs, readTypedSpans, type Store } from '@clew/store'
import { ApiError } from '../api-error.ts'
import type { ProjectScope } from '../project-scope.ts'
import { readRun } from './read-run.ts'

export const exportFormats = ['otlp', 'genai'] as const

/**
 * A run as OTLP/JSON: `otlp` is what came in, save what was redacted; `genai` says the same in the words of the GenAI
 * conventions, with what assembly knows, also of logs. Undefined when nothing of the trace is kept.
 */
export async function exportRun(options: {
  store: Store
  project: ProjectScope
  traceId: string
  format: (typeof exportFormats)[number]
  now: number
}): Promise<(OtlpTraces & Partial<OtlpLogs>) | undefined> {
  const { store, project, traceId, format, now } = options
  if (!project.mayReadContent) {
    throw new ApiError({
      code: 'forbidden',
      message: 'An export holds content: it needs the right to read content',
    })
  }
  const spans = await readTypedSpans(store, { ...project, traceId })
  if (spans.length === 0) return undefined
  if (format === 'otlp') {
    const logs = await readTypedLogs(store, { ...project, traceId })
    return { ...toOtlpTraces(spans), ...(logs.length === 0 ? {} : toOtlpLogs(logs)) }
  }
  const run = await readRun({ store, project, traceId, content: 'full', now })
  const assembled = new Map(run?.spans.map((span) => [span.spanId, span]))
  return toOtlpTraces(spans.map((span) => asGenAi(withAssembled(span, assembled.get(span.spanId)))))
}

/** Attributes keep the types in which they came in; what the span says is what the run page says. */
function withAssembled(
  span: CanonicalSpan,
  assembled: Omit<CanonicalSpan<unknown>, 'attributes' | 'resource' | 'events' | 'links'> | undefined,
): CanonicalSpan {
  const { attributes, resource, events, links } = span
  return { ...span, ...assembled, attributes, resource, events, links }
}
