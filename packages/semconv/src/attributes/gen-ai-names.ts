// OpenTelemetry GenAI semantic conventions.

/** `chat`, `invoke_agent`, `execute_tool`, `embeddings` and so on. */
export const ATTR_GEN_AI_OPERATION_NAME = 'gen_ai.operation.name'
/** Who serves the model. */
export const ATTR_GEN_AI_PROVIDER_NAME = 'gen_ai.provider.name'
/** Older name of the provider. */
export const ATTR_GEN_AI_SYSTEM = 'gen_ai.system'
/** Model asked for. */
export const ATTR_GEN_AI_REQUEST_MODEL = 'gen_ai.request.model'
/** Model that answered. */
export const ATTR_GEN_AI_RESPONSE_MODEL = 'gen_ai.response.model'
/** Id of the response. */
export const ATTR_GEN_AI_RESPONSE_ID = 'gen_ai.response.id'
/** Why the model stopped, per choice. */
export const ATTR_GEN_AI_RESPONSE_FINISH_REASONS = 'gen_ai.response.finish_reasons'
/** Temperature asked for. */
export const ATTR_GEN_AI_REQUEST_TEMPERATURE = 'gen_ai.request.temperature'
/** Output limit asked for. */
export const ATTR_GEN_AI_REQUEST_MAX_TOKENS = 'gen_ai.request.max_tokens'
/** Input tokens, cache included. */
export const ATTR_GEN_AI_USAGE_INPUT_TOKENS = 'gen_ai.usage.input_tokens'
/** Output tokens, reasoning included. */
export const ATTR_GEN_AI_USAGE_OUTPUT_TOKENS = 'gen_ai.usage.output_tokens'
/** Input tokens read from the cache. */
export const ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS = 'gen_ai.usage.cache_read.input_tokens'
/** Input tokens written to the cache. */
export const ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS = 'gen_ai.usage.cache_creation.input_tokens'
/** Output tokens spent on reasoning. */
export const ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS = 'gen_ai.usage.reasoning.output_tokens'
/** JSON of the input messages. */
export const ATTR_GEN_AI_INPUT_MESSAGES = 'gen_ai.input.messages'
/** JSON of the output messages. */
export const ATTR_GEN_AI_OUTPUT_MESSAGES = 'gen_ai.output.messages'
/** JSON or text of the system prompt. */
export const ATTR_GEN_AI_SYSTEM_INSTRUCTIONS = 'gen_ai.system_instructions'
/** JSON of the tools offered. */
export const ATTR_GEN_AI_TOOL_DEFINITIONS = 'gen_ai.tool.definitions'
/** Name of the tool. */
export const ATTR_GEN_AI_TOOL_NAME = 'gen_ai.tool.name'
/** Type of the tool. */
export const ATTR_GEN_AI_TOOL_TYPE = 'gen_ai.tool.type'
/** What the tool does. */
export const ATTR_GEN_AI_TOOL_DESCRIPTION = 'gen_ai.tool.description'
/** Id of the tool call. */
export const ATTR_GEN_AI_TOOL_CALL_ID = 'gen_ai.tool.call.id'
/** Arguments of the tool call. */
export const ATTR_GEN_AI_TOOL_CALL_ARGUMENTS = 'gen_ai.tool.call.arguments'
/** Result of the tool call. */
export const ATTR_GEN_AI_TOOL_CALL_RESULT = 'gen_ai.tool.call.result'
/** Id of the agent. */
export const ATTR_GEN_AI_AGENT_ID = 'gen_ai.agent.id'
/** Name of the agent. */
export const ATTR_GEN_AI_AGENT_NAME = 'gen_ai.agent.name'
/** What the agent does. */
export const ATTR_GEN_AI_AGENT_DESCRIPTION = 'gen_ai.agent.description'
/** Version of the agent. */
export const ATTR_GEN_AI_AGENT_VERSION = 'gen_ai.agent.version'
/** The chat. */
export const ATTR_GEN_AI_CONVERSATION_ID = 'gen_ai.conversation.id'
/** Kind of output asked for. */
export const ATTR_GEN_AI_OUTPUT_TYPE = 'gen_ai.output.type'
/** MCP method. */
export const ATTR_MCP_METHOD_NAME = 'mcp.method.name'
/** MCP session. */
export const ATTR_MCP_SESSION_ID = 'mcp.session.id'
