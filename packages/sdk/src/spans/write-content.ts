import {
  ATTR_INPUT_MIME_TYPE,
  ATTR_INPUT_VALUE,
  ATTR_OUTPUT_MIME_TYPE,
  ATTR_OUTPUT_VALUE,
} from '@clew/semconv/attributes'
import type { Span } from '@opentelemetry/api'

import { sdkState } from '../provider/sdk-state.ts'
import { limitText, toText } from '../values/to-text.ts'
import { writeAttribute } from './write-attributes.ts'

export const inputKeys = { value: ATTR_INPUT_VALUE, mime: ATTR_INPUT_MIME_TYPE }
export const outputKeys = { value: ATTR_OUTPUT_VALUE, mime: ATTR_OUTPUT_MIME_TYPE }

/** Writes what a span was given or gave, cut to the limit of a field, with its media type. */
export function writeContent(span: Span, keys: { value: string; mime: string }, value: unknown): void {
  const content = toText(value)
  if (content === undefined) return
  writeAttribute(span, keys.value, limitText(content.text, sdkState().fieldLength))
  writeAttribute(span, keys.mime, content.mime)
}
