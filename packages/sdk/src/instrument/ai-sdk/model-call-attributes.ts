import {
  ATTR_EMBEDDING_MODEL_NAME,
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_LLM_FINISH_REASON,
  ATTR_LLM_INVOCATION_PARAMETERS,
  ATTR_LLM_MODEL_NAME,
} from '@clew/semconv/attributes'
import type { Attributes } from '@opentelemetry/api'

import { readList, readNumber, readRecord, readText } from '../../values/read.ts'
import type { ForeignRecord } from '../../values/read.ts'
import { setDefined } from '../../values/set-defined.ts'
import { toJson } from '../../values/to-text.ts'
import { addTokens, normaliseUsage } from '../../values/usage.ts'
import { addMessages, addTools } from '../shared/traced-message.ts'
import { toAnswer, toTracedMessages } from './messages.ts'

const parameters = [
  'temperature',
  'maxOutputTokens',
  'topP',
  'topK',
  'presencePenalty',
  'frequencyPenalty',
  'stopSequences',
  'seed',
  'toolChoice',
] as const

/** What a call of a chat model asks for, as the event of its start tells. */
export function toChatRequest(event: ForeignRecord): Attributes {
  const attributes: Attributes = {}
  const set = parameters.flatMap((name) => (event[name] === undefined ? [] : [[name, event[name]] as const]))
  if (set.length > 0) attributes[ATTR_LLM_INVOCATION_PARAMETERS] = toJson(Object.fromEntries(set))
  addMessages(attributes, {
    side: 'input',
    messages: toTracedMessages({ instructions: event['instructions'], messages: event['messages'] }),
  })
  return addTools(attributes, readList(event['tools']))
}

/** The same of a call for an object. */
export function toObjectRequest(event: ForeignRecord): Attributes {
  return toChatRequest({ ...event, messages: event['promptMessages'] })
}

/** What is to be ranked. */
export function toRerankRequest(event: ForeignRecord): Attributes {
  return { 'reranker.query': readText(event['query']) ?? '' }
}

/** What a chat model answered, as the event of its end tells. */
export function toChatResponse(event: ForeignRecord): Attributes {
  const attributes: Attributes = {}
  const response = readRecord(event['response'])
  const firstMs = readNumber(readRecord(event['performance'])?.['timeToFirstOutputMs'])
  setDefined(attributes, ATTR_GEN_AI_RESPONSE_ID, readText(event['responseId']) ?? readText(response?.['id']))
  setDefined(attributes, ATTR_LLM_MODEL_NAME, readText(response?.['modelId']))
  setDefined(attributes, ATTR_LLM_FINISH_REASON, readText(event['finishReason']))
  setDefined(attributes, 'clew.time_to_first_token_ms', firstMs)
  addTokens(attributes, normaliseUsage(event['usage']))
  return addMessages(attributes, { side: 'output', messages: [toAnswer(event['content'])] })
}

/** The same of an object, which comes as text. */
export function toObjectResponse(event: ForeignRecord): Attributes {
  return toChatResponse({ ...event, content: [{ type: 'text', text: event['objectText'] }] })
}

/** The texts to be embedded. */
export function toEmbedRequest(event: ForeignRecord): Attributes {
  const attributes: Attributes = {}
  setDefined(attributes, ATTR_EMBEDDING_MODEL_NAME, readText(event['modelId']))
  for (const [index, text] of readList(event['values']).entries())
    setDefined(attributes, `embedding.embeddings.${index}.embedding.text`, readText(text))
  return attributes
}

/** What embedding them took; vectors are left out. */
export function toEmbedResponse(event: ForeignRecord): Attributes {
  const input = readNumber(readRecord(event['usage'])?.['tokens'])
  return addTokens({}, input === undefined ? {} : { input })
}
