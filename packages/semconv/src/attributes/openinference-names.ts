// OpenInference, the flat shape. Names with an index have a function below.

/** Span kind: AGENT, LLM, TOOL, CHAIN and so on. */
export const ATTR_OPENINFERENCE_SPAN_KIND = 'openinference.span.kind'
/** Input of the span. */
export const ATTR_INPUT_VALUE = 'input.value'
/** `text/plain` or `application/json`. */
export const ATTR_INPUT_MIME_TYPE = 'input.mime_type'
/** Output of the span. */
export const ATTR_OUTPUT_VALUE = 'output.value'
/** `text/plain` or `application/json`. */
export const ATTR_OUTPUT_MIME_TYPE = 'output.mime_type'
/** Model of the call. */
export const ATTR_LLM_MODEL_NAME = 'llm.model_name'
/** Who serves the model. */
export const ATTR_LLM_PROVIDER = 'llm.provider'
/** Whose API it speaks. */
export const ATTR_LLM_SYSTEM = 'llm.system'
/** JSON of the request's parameters. */
export const ATTR_LLM_INVOCATION_PARAMETERS = 'llm.invocation_parameters'
/** Prefix of the flat input messages. */
export const ATTR_LLM_INPUT_MESSAGES = 'llm.input_messages'
/** Prefix of the flat output messages. */
export const ATTR_LLM_OUTPUT_MESSAGES = 'llm.output_messages'
/** Prefix of the flat tool schemas. */
export const ATTR_LLM_TOOLS = 'llm.tools'
/** Why the model stopped. */
export const ATTR_LLM_FINISH_REASON = 'llm.finish_reason'
/** Input tokens, cache included. */
export const ATTR_LLM_TOKEN_COUNT_PROMPT = 'llm.token_count.prompt'
/** Output tokens, reasoning included. */
export const ATTR_LLM_TOKEN_COUNT_COMPLETION = 'llm.token_count.completion'
/** Input plus output. */
export const ATTR_LLM_TOKEN_COUNT_TOTAL = 'llm.token_count.total'
/** Input tokens read from the cache. */
export const ATTR_LLM_TOKEN_COUNT_PROMPT_DETAILS_CACHE_READ = 'llm.token_count.prompt_details.cache_read'
/** Input tokens written to the cache. */
export const ATTR_LLM_TOKEN_COUNT_PROMPT_DETAILS_CACHE_WRITE = 'llm.token_count.prompt_details.cache_write'
/** Output tokens spent on reasoning. */
export const ATTR_LLM_TOKEN_COUNT_COMPLETION_DETAILS_REASONING =
  'llm.token_count.completion_details.reasoning'
/** Cost of the input in USD. */
export const ATTR_LLM_COST_PROMPT = 'llm.cost.prompt'
/** Cost of the output in USD. */
export const ATTR_LLM_COST_COMPLETION = 'llm.cost.completion'
/** Cost of the call in USD. */
export const ATTR_LLM_COST_TOTAL = 'llm.cost.total'
/** Template of the prompt. */
export const ATTR_LLM_PROMPT_TEMPLATE_TEMPLATE = 'llm.prompt_template.template'
/** JSON of the template's variables. */
export const ATTR_LLM_PROMPT_TEMPLATE_VARIABLES = 'llm.prompt_template.variables'
/** Version of the template. */
export const ATTR_LLM_PROMPT_TEMPLATE_VERSION = 'llm.prompt_template.version'
/** Name of the tool. */
export const ATTR_TOOL_NAME = 'tool.name'
/** What the tool does. */
export const ATTR_TOOL_DESCRIPTION = 'tool.description'
/** JSON of the call's arguments. */
export const ATTR_TOOL_PARAMETERS = 'tool.parameters'
/** Id of the tool call that asked for this execution. */
export const ATTR_TOOL_ID = 'tool.id'
/** Id of the tool call. */
export const ATTR_TOOL_CALL_ID = 'tool_call.id'
/** Function that the model asked for. */
export const ATTR_TOOL_CALL_FUNCTION_NAME = 'tool_call.function.name'
/** JSON of the arguments that the model gave. */
export const ATTR_TOOL_CALL_FUNCTION_ARGUMENTS = 'tool_call.function.arguments'
/** Prefix of the retrieved documents. */
export const ATTR_RETRIEVAL_DOCUMENTS = 'retrieval.documents'
/** Prefix of the documents before reranking. */
export const ATTR_RERANKER_INPUT_DOCUMENTS = 'reranker.input_documents'
/** Prefix of the documents after reranking. */
export const ATTR_RERANKER_OUTPUT_DOCUMENTS = 'reranker.output_documents'
/** What to rank by. */
export const ATTR_RERANKER_QUERY = 'reranker.query'
/** Model that reranks. */
export const ATTR_RERANKER_MODEL_NAME = 'reranker.model_name'
/** Model that embeds. */
export const ATTR_EMBEDDING_MODEL_NAME = 'embedding.model_name'
/** Text to embed. */
export const ATTR_EMBEDDING_TEXT = 'embedding.text'
/** The chat. */
export const ATTR_SESSION_ID = 'session.id'
/** The person the run works for. */
export const ATTR_USER_ID = 'user.id'
/** Id of the agent. */
export const ATTR_AGENT_ID = 'agent.id'
/** Name of the agent. */
export const ATTR_AGENT_NAME = 'agent.name'
/** Role of the agent in the run. */
export const ATTR_AGENT_ROLE = 'agent.role'
/** Node of the workflow graph. */
export const ATTR_GRAPH_NODE_ID = 'graph.node.id'
/** Parent node of the workflow graph. */
export const ATTR_GRAPH_NODE_PARENT_ID = 'graph.node.parent_id'
/** Tags. */
export const ATTR_TAG_TAGS = 'tag.tags'
/** JSON of the application's own metadata. */
export const ATTR_METADATA = 'metadata'
