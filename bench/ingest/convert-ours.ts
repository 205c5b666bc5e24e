import { buildPriceBook, readPublicPrices } from '@clew/domain/prices'
import { convertTraces, decodeTracesProtobuf } from '@clew/ingest/testing'
import type { Redactor } from '@clew/privacy'
import { createPrivacyClassifier } from '@clew/semconv/attributes'
import type { RowOwner } from '@clew/store'
import { createSpanEncoder, type SpanTables } from '@clew/store/testing'

const prices = buildPriceBook({ table: readPublicPrices() })
const encode = createSpanEncoder(createPrivacyClassifier())

/** Finds nothing and looks at nothing: what conversion costs without redaction. */
export const blindRedactor: Redactor = {
  redactText: (text) => text,
  redactValue: (value) => value,
  redactAttributes: (attributes) => attributes,
}

function rethrow(error: unknown): never {
  throw error
}

/** From inflated bytes to the columns of every table that spans go to. */
export async function convertOurs(args: {
  body: Buffer
  owner: RowOwner
  redactor: Redactor
}): Promise<SpanTables> {
  const { body, owner, redactor } = args
  const decoded = decodeTracesProtobuf(body)
  if (!decoded.ok) throw new Error(decoded.error.message)
  const window = { nowMs: owner.receivedAtMs, retentionDays: 90 }
  const { spans } = await convertTraces({ groups: decoded.value, window, redactor, prices, onBug: rethrow })
  const batch = { token: 'bench', logs: [], runEvents: [], scores: [] }
  return encode({ ...batch, spans: spans.map((span) => ({ owner, span })) })
}
