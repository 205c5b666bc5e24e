import { createHash } from 'node:crypto'
import {
  ATTR_CLEW_SCORE_BY,
  ATTR_CLEW_SCORE_COMMENT,
  ATTR_CLEW_SCORE_NAME,
  ATTR_CLEW_SCORE_VALUE,
  EVENT_CLEW_SCORE,
} from '@clew/semconv/attributes'
import type { AttributeMap, AttributeValue, CanonicalLog } from '@clew/semconv/span'
import type { StoredScore } from '@clew/store'

const eventEvaluation = 'gen_ai.evaluation.result'

interface Judgement {
  name: string
  value: number | string | boolean
  by: string
  comment?: string
}

/**
 * The score that a `clew.score` or a `gen_ai.evaluation.result` record stands for. Its id comes from the record,
 * so that the same record sent twice is one score.
 */
export function toScore(log: CanonicalLog): StoredScore | undefined {
  const { traceId, spanId, timeUnixNano, attributes } = log
  if (traceId === undefined) return undefined
  const judgement = readJudgement(log)
  if (judgement === undefined) return undefined
  const sessionId = toText(attributes['session.id'])
  const subject = [traceId, spanId ?? '', judgement.name, judgement.by, timeUnixNano].join('/')
  return {
    id: createHash('sha256').update(subject).digest('hex').slice(0, 32),
    traceId,
    ...judgement,
    atUnixNano: timeUnixNano,
    ...(spanId === undefined ? {} : { spanId }),
    ...(sessionId === undefined ? {} : { sessionId }),
  }
}

function readJudgement({ eventName, attributes }: CanonicalLog): Judgement | undefined {
  if (eventName === EVENT_CLEW_SCORE) {
    return toJudgement(attributes, {
      name: ATTR_CLEW_SCORE_NAME,
      values: [ATTR_CLEW_SCORE_VALUE],
      by: ATTR_CLEW_SCORE_BY,
      comment: ATTR_CLEW_SCORE_COMMENT,
    })
  }
  if (eventName !== eventEvaluation) return undefined
  return toJudgement(attributes, {
    name: 'gen_ai.evaluation.name',
    values: ['gen_ai.evaluation.score.value', 'gen_ai.evaluation.score.label'],
    by: 'gen_ai.evaluation.by',
    comment: 'gen_ai.evaluation.explanation',
  })
}

function toJudgement(
  attributes: AttributeMap,
  keys: { name: string; values: readonly string[]; by: string; comment: string },
): Judgement | undefined {
  const name = toText(attributes[keys.name])
  const value = keys.values.map((key) => toScalar(attributes[key])).find((found) => found !== undefined)
  if (name === undefined || value === undefined) return undefined
  const comment = toText(attributes[keys.comment])
  return {
    name,
    value,
    by: toText(attributes[keys.by]) ?? 'app',
    ...(comment === undefined ? {} : { comment }),
  }
}

function toText(value: AttributeValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function toScalar(value: AttributeValue | undefined): number | string | boolean | undefined {
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean'
    ? value
    : undefined
}
