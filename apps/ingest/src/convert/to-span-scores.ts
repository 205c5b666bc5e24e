import type { AttributeMap, CanonicalSpan } from '@clew/semconv/span'
import type { StoredScore } from '@clew/store'
import { eventEvaluation, readEvaluation, scoreId, toScalar, toText, type Judgement } from './judgement.ts'

/**
 * The scores that a span carries: `gen_ai.evaluation.result` events, and OpenInference's annotations and evaluations
 * of the span, its trace or its session. The same span sent again, also once it has ended, carries the same scores.
 */
export function toSpanScores(span: CanonicalSpan): StoredScore[] {
  const scores: StoredScore[] = []
  for (const { name, timeUnixNano, attributes } of span.events) {
    const judgement = name === eventEvaluation ? readEvaluation(attributes) : undefined
    if (judgement === undefined) continue
    scores.push(toStored({ span, judgement, subject: 'span', place: timeUnixNano, atUnixNano: timeUnixNano }))
  }
  const atUnixNano = span.endTimeUnixNano ?? span.startTimeUnixNano
  for (const [place, { subject, fields }] of groupAnnotations(span.attributes)) {
    const judgement = readAnnotation(fields)
    if (judgement !== undefined) scores.push(toStored({ span, judgement, subject, place, atUnixNano }))
  }
  return scores
}

/** `place` tells judgements of one span apart; nothing that changes while the span runs is part of the id. */
function toStored(args: {
  span: CanonicalSpan
  judgement: Judgement
  subject: Subject
  place: string
  atUnixNano: string
}): StoredScore {
  const { span, judgement, subject, place, atUnixNano } = args
  const { traceId, spanId, sessionId } = span
  return {
    id: scoreId([traceId, spanId, place, judgement.name, judgement.by]),
    traceId,
    ...judgement,
    atUnixNano,
    ...(subject === 'span' ? { spanId } : {}),
    ...(sessionId === undefined ? {} : { sessionId }),
  }
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
