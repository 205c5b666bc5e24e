import {
  ATTR_CLEW_SCORE_BY,
  ATTR_CLEW_SCORE_COMMENT,
  ATTR_CLEW_SCORE_NAME,
  ATTR_CLEW_SCORE_VALUE,
  EVENT_CLEW_SCORE,
} from '@clew/semconv/attributes'
import type { Span } from '@opentelemetry/api'

import type { ScoreRecord } from './record-attributes.ts'
import { sendLog } from './send-log.ts'

/** Sends a score as a log record of its span. */
export function sendScore(span: Span, score: ScoreRecord): void {
  sendLog({
    span,
    eventName: EVENT_CLEW_SCORE,
    body: `${score.name} ${String(score.value)}`,
    attributes: {
      [ATTR_CLEW_SCORE_NAME]: score.name,
      [ATTR_CLEW_SCORE_VALUE]: score.value,
      ...(score.by === undefined ? {} : { [ATTR_CLEW_SCORE_BY]: score.by }),
      ...(score.comment === undefined ? {} : { [ATTR_CLEW_SCORE_COMMENT]: score.comment }),
    },
  })
}
