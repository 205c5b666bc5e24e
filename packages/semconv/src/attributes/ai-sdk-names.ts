// Vercel AI SDK.

/** The SDK's operation. */
export const ATTR_AI_OPERATION_ID = 'ai.operationId'
/** Model asked for. */
export const ATTR_AI_MODEL_ID = 'ai.model.id'
/** Provider and API, such as `openai.chat`. */
export const ATTR_AI_MODEL_PROVIDER = 'ai.model.provider'
/** JSON of the prompt as given. */
export const ATTR_AI_PROMPT = 'ai.prompt'
/** JSON of the messages sent. */
export const ATTR_AI_PROMPT_MESSAGES = 'ai.prompt.messages'
/** JSON of each tool offered. */
export const ATTR_AI_PROMPT_TOOLS = 'ai.prompt.tools'
/** Text of the answer. */
export const ATTR_AI_RESPONSE_TEXT = 'ai.response.text'
/** JSON of the tool calls asked for. */
export const ATTR_AI_RESPONSE_TOOL_CALLS = 'ai.response.toolCalls'
/** JSON of the generated object. */
export const ATTR_AI_RESPONSE_OBJECT = 'ai.response.object'
/** Model that answered. */
export const ATTR_AI_RESPONSE_MODEL = 'ai.response.model'
/** Why the model stopped. */
export const ATTR_AI_RESPONSE_FINISH_REASON = 'ai.response.finishReason'
/** From the request to the first chunk, in milliseconds. */
export const ATTR_AI_RESPONSE_MS_TO_FIRST_CHUNK = 'ai.response.msToFirstChunk'
/** Name of the tool. */
export const ATTR_AI_TOOL_CALL_NAME = 'ai.toolCall.name'
/** Id of the tool call. */
export const ATTR_AI_TOOL_CALL_ID = 'ai.toolCall.id'
/** JSON of the arguments. */
export const ATTR_AI_TOOL_CALL_ARGS = 'ai.toolCall.args'
/** JSON of the result. */
export const ATTR_AI_TOOL_CALL_RESULT = 'ai.toolCall.result'
/** Name that the application gave the call. */
export const ATTR_AI_TELEMETRY_FUNCTION_ID = 'ai.telemetry.functionId'
/** Prefix of the application's own metadata. */
export const ATTR_AI_TELEMETRY_METADATA = 'ai.telemetry.metadata'
