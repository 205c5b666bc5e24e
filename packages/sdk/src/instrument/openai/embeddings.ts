import { ATTR_EMBEDDING_MODEL_NAME, ATTR_LLM_INVOCATION_PARAMETERS } from '@clew/semconv/attributes'
import type { Attributes } from '@opentelemetry/api'

import { sdkState } from '../../provider/sdk-state.ts'
import { readList, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { setDefined } from '../../values/set-defined.ts'
import { limitText, toJson } from '../../values/to-text.ts'
import { addTokens, normaliseUsage } from '../../values/usage.ts'

/** An embeddings request as attributes: the texts, not the vectors. */
export function toEmbeddingsRequestAttributes(body: ForeignRecord): Attributes {
  const { input, model, ...parameters } = body
  const { fieldLength } = sdkState()
  const texts = typeof input === 'string' ? [input] : readList(input)
  const attributes: Attributes = {
    ...(Object.keys(parameters).length === 0 ? {} : { [ATTR_LLM_INVOCATION_PARAMETERS]: toJson(parameters) }),
    ...(typeof model === 'string' ? { [ATTR_EMBEDDING_MODEL_NAME]: model } : {}),
  }
  for (const [index, text] of texts.entries()) {
    if (typeof text === 'string')
      attributes[`embedding.embeddings.${index}.embedding.text`] = limitText(text, fieldLength)
  }
  return attributes
}

/** An embeddings answer as attributes. */
export function toEmbeddingsResponseAttributes(value: unknown): Attributes {
  const attributes: Attributes = {}
  const response = readRecord(value)
  setDefined(attributes, ATTR_EMBEDDING_MODEL_NAME, readText(response?.['model']))
  return addTokens(attributes, normaliseUsage(response?.['usage']))
}
