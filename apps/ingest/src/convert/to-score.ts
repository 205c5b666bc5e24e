import { EVENT_CLEW_SCORE } from '@clew/semconv/attributes'
import type { CanonicalLog } from '@clew/semconv/span'
import type { StoredScore } from '@clew/store'
import { eventEvaluation, readEvaluation, readScore, scoreId, toText, type Judgement } from './judgement.ts'

/**
 * The score that a `clew.score` or a `gen_ai.evaluation.result` record stands for. Its id comes from the record,
 * so that the same record sent twice is one score.
 */
export function toScore(log: CanonicalLog): StoredScore | undefined {
  const { traceId, spanId, timeUnixNano, attributes } = log
  const judgement = traceId === undefined ? undefined : readJudgement(log)
  if (traceId === undefined || judgement === undefined) return undefined
  const sessionId = toText(attributes['session.id'])
  return {
    id: scoreId([traceId, spanId ?? '', judgement.name, judgement.by, timeUnixNano]),
    traceId,
    ...judgement,
    atUnixNano: timeUnixNano,
    ...(spanId === undefined ? {} : { spanId }),
    ...(sessionId === undefined ? {} : { sessionId }),
  }
}

function readJudgement({ eventName, attributes }: CanonicalLog): Judgement | undefined {
  if (eventName === EVENT_CLEW_SCORE) return readScore(attributes)
  return eventName === eventEvaluation ? readEvaluation(attributes) : undefined
}
