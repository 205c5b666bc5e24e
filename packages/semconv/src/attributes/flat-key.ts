import {
  ATTR_LLM_INPUT_MESSAGES,
  ATTR_LLM_OUTPUT_MESSAGES,
  ATTR_RETRIEVAL_DOCUMENTS,
} from './openinference-names.ts'

/** `llm.input_messages.<index>.<field>`, for example `message.role`. */
export function inputMessageKey(index: number, field: string): string {
  return `${ATTR_LLM_INPUT_MESSAGES}.${index}.${field}`
}

/** `llm.output_messages.<index>.<field>`, for example `message.content`. */
export function outputMessageKey(index: number, field: string): string {
  return `${ATTR_LLM_OUTPUT_MESSAGES}.${index}.${field}`
}

/** `message.tool_calls.<index>.tool_call.<field>`, a field of the two functions above. */
export function messageToolCallField(index: number, field: string): string {
  return `message.tool_calls.${index}.tool_call.${field}`
}

/** `retrieval.documents.<index>.document.<field>`, for example `content`. */
export function retrievalDocumentKey(index: number, field: string): string {
  return `${ATTR_RETRIEVAL_DOCUMENTS}.${index}.document.${field}`
}
