import * as names from './ai-sdk-names.ts'
import type { AttributeRow } from './attribute-definition.ts'

export const aiSdkAttributes: readonly AttributeRow[] = [
  [names.ATTR_AI_OPERATION_ID, 'string', 'metadata', "The SDK's operation."],
  [names.ATTR_AI_MODEL_ID, 'string', 'metadata', 'Model asked for.'],
  [names.ATTR_AI_MODEL_PROVIDER, 'string', 'metadata', 'Provider and API, such as `openai.chat`.'],
  [names.ATTR_AI_PROMPT, 'string', 'content', 'JSON of the prompt as given.'],
  [names.ATTR_AI_PROMPT_MESSAGES, 'string', 'content', 'JSON of the messages sent.'],
  [names.ATTR_AI_PROMPT_TOOLS, 'string[]', 'content', 'JSON of each tool offered.'],
  [names.ATTR_AI_RESPONSE_TEXT, 'string', 'content', 'Text of the answer.'],
  [names.ATTR_AI_RESPONSE_TOOL_CALLS, 'string', 'content', 'JSON of the tool calls asked for.'],
  [names.ATTR_AI_RESPONSE_OBJECT, 'string', 'content', 'JSON of the generated object.'],
  [names.ATTR_AI_RESPONSE_MODEL, 'string', 'metadata', 'Model that answered.'],
  [names.ATTR_AI_RESPONSE_FINISH_REASON, 'string', 'metadata', 'Why the model stopped.'],
  [
    names.ATTR_AI_RESPONSE_MS_TO_FIRST_CHUNK,
    'double',
    'metadata',
    'From the request to the first chunk, in milliseconds.',
  ],
  [names.ATTR_AI_TOOL_CALL_NAME, 'string', 'metadata', 'Name of the tool.'],
  [names.ATTR_AI_TOOL_CALL_ID, 'string', 'identifier', 'Id of the tool call.'],
  [names.ATTR_AI_TOOL_CALL_ARGS, 'string', 'content', 'JSON of the arguments.'],
  [names.ATTR_AI_TOOL_CALL_RESULT, 'string', 'content', 'JSON of the result.'],
  [names.ATTR_AI_TELEMETRY_FUNCTION_ID, 'string', 'metadata', 'Name that the application gave the call.'],
  [names.ATTR_AI_TELEMETRY_METADATA, 'object', 'content', "Prefix of the application's own metadata."],
]
