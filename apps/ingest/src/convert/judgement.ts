import { createHash } from 'node:crypto'
import {
  ATTR_CLEW_SCORE_BY,
  ATTR_CLEW_SCORE_COMMENT,
  ATTR_CLEW_SCORE_NAME,
  ATTR_CLEW_SCORE_VALUE,
} from '@clew/semconv/attributes'
import type { AttributeMap, AttributeValue } from '@clew/semconv/span'

/** What somebody or something found, before it is known of which span. */
export interface Judgement {
  name: string
  value: number | string | boolean
  by: string
  comment?: string
}

export const eventEvaluation = 'gen_ai.evaluation.result'

/** The attributes of a `clew.score`. */
export function readScore(attributes: AttributeMap): Judgement | undefined {
  return read(attributes, {
    name: ATTR_CLEW_SCORE_NAME,
    values: [ATTR_CLEW_SCORE_VALUE],
    by: ATTR_CLEW_SCORE_BY,
    comment: ATTR_CLEW_SCORE_COMMENT,
  })
}

/** The attributes of a `gen_ai.evaluation.result`, on a log record or a span event. */
export function readEvaluation(attributes: AttributeMap): Judgement | undefined {
  return read(attributes, {
    name: 'gen_ai.evaluation.name',
    values: ['gen_ai.evaluation.score.value', 'gen_ai.evaluation.score.label'],
    by: 'gen_ai.evaluation.by',
    comment: 'gen_ai.evaluation.explanation',
  })
}

/** An id that the same judgement always has, so that it is one score however often it is sent. */
export function scoreId(subject: readonly string[]): string {
  return createHash('sha256').update(subject.join('/')).digest('hex').slice(0, 32)
}

function read(
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

export function toText(value: AttributeValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function toScalar(value: AttributeValue | undefined): number | string | boolean | undefined {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined
}
