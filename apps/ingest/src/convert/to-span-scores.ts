import type { AttributeMap, CanonicalSpan } from '@clew/semconv/span'
import type { StoredScore } from '@clew/store'
import { eventEvaluation, readEvaluation, scoreId, toScalar, toText, type Judgement } from './judgement.ts'

/**
 * The scores that a span carries: `gen_ai.evaluation.result` events, and OpenInference's annotations and evaluations
 * of the span, its trace or its session. The same span sent twice carries the same scores.
 */
export function toSpanScores(span: CanonicalSpan): StoredScore[] {
  const scores = span.events.flatMap((event) => {
    if (event.name !== eventEvaluation) return []
    const judgement = readEvaluation(event.attributes)
    return judgement === undefined
      ? []
      : [{ judgement, subject: 'span' as const, atUnixNano: event.timeUnixNano }]
  })
  const annotated = [...groupAnnotations(span.attributes).values()].flatMap(({ subject, fields }) => {
    const judgement = readAnnotation(fields)
    return judgement === undefined ? [] : [{ judgement, subject, atUnixNano: endOf(span) }]
  })
  return [...scores, ...annotated].map(({ judgement, subject, atUnixNano }) => {
    const spanId = subject === 'span' ? span.spanId : undefined
    const of = [span.traceId, spanId ?? subject, judgement.name, judgement.by, atUnixNano]
    return {
      id: scoreId(of),
      traceId: span.traceId,
      ...judgement,
      atUnixNano,
      ...(spanId === undefined ? {} : { spanId }),
      ...(span.sessionId === undefined ? {} : { sessionId: span.sessionId }),
    }
  })
}

type Subject = 'span' | 'trace' | 'session'

interface Annotation {
  subject: Subject
  fields: { [name: string]: AttributeMap[string] }
}

const annotationKey =
  /^(?:(trace|session)\.)?(?:annotations\.(\d{1,4})\.annotation|evaluations\.(\d{1,4})\.evaluation)\.(.+)$/

/** Most keys of most spans begin otherwise: the first letters are looked at before any pattern is. */
const beginnings = ['annotations.', 'evaluations.', 'trace.', 'session.']

function groupAnnotations(attributes: AttributeMap): Map<string, Annotation> {
  const groups = new Map<string, Annotation>()
  for (const key in attributes) {
    if (!beginnings.some((beginning) => key.startsWith(beginning))) continue
    const match = annotationKey.exec(key)
    const [, of, annotation, evaluation, name] = match ?? []
    if (name === undefined) continue
    const subject: Subject = of === 'trace' || of === 'session' ? of : 'span'
    const place = `${subject}/${annotation === undefined ? `e${evaluation}` : `a${annotation}`}`
    const group = groups.get(place) ?? { subject, fields: {} }
    groups.set(place, group)
    const value = attributes[key]
    if (value !== undefined) group.fields[name] = value
  }
  return groups
}

function readAnnotation(fields: Annotation['fields']): Judgement | undefined {
  const name = toText(fields['name'])
  const score = toScalar(fields['score'] ?? fields['value'])
  const label = toText(fields['label'])
  const value = score ?? label
  if (name === undefined || value === undefined) return undefined
  const explanation = toText(fields['explanation']) ?? toText(fields['comment'])
  // A score has one value: a label beside a number goes before the explanation.
  const comment = [score === undefined ? undefined : label, explanation].filter((text) => text !== undefined)
  const by = toText(fields['annotator.name']) ?? toText(fields['user_id']) ?? toText(fields['annotator_kind'])
  return {
    name,
    value,
    by: by?.toLowerCase() ?? 'app',
    ...(comment.length === 0 ? {} : { comment: comment.join(': ') }),
  }
}

function endOf({ startTimeUnixNano, endTimeUnixNano }: CanonicalSpan): string {
  return endTimeUnixNano ?? startTimeUnixNano
}
