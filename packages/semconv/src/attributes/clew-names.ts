// Names of our own, for what no convention covers yet.

/** `running` on a start marker or snapshot, `ended` or absent on the finished span. */
export const ATTR_CLEW_SPAN_STATE = 'clew.span.state'
/** Span kind where OpenInference has none: `APPROVAL`, `TASK`. Beats every other kind attribute. */
export const ATTR_CLEW_SPAN_KIND = 'clew.span.kind'
/** Number of a growing snapshot of a running span, from 1. */
export const ATTR_CLEW_SPAN_SNAPSHOT = 'clew.span.snapshot'
/** Milliseconds after which a running span is told again; three times without it, and it is lost. */
export const ATTR_CLEW_SPAN_HEARTBEAT_MS = 'clew.span.heartbeat_ms'
/** The goal of the user; may join several traces. */
export const ATTR_CLEW_RUN_ID = 'clew.run.id'
/** Tenant of the application on whose behalf the run works. */
export const ATTR_CLEW_TENANT_ID = 'clew.tenant.id'
/** Workflow that the run belongs to. */
export const ATTR_CLEW_WORKFLOW_NAME = 'clew.workflow.name'
/** Version of the workflow. */
export const ATTR_CLEW_WORKFLOW_VERSION = 'clew.workflow.version'
/** Version of the agent's definition. */
export const ATTR_CLEW_AGENT_VERSION = 'clew.agent.version'
/** Name of the managed prompt in use. */
export const ATTR_CLEW_PROMPT_NAME = 'clew.prompt.name'
/** Version of the managed prompt in use. */
export const ATTR_CLEW_PROMPT_VERSION = 'clew.prompt.version'
/** Task that the span reports. */
export const ATTR_CLEW_TASK_ID = 'clew.task.id'
/** Type of the task. */
export const ATTR_CLEW_TASK_TYPE = 'clew.task.type'
/** On a `clew.task.status` event: the status entered. */
export const ATTR_CLEW_TASK_STATUS = 'clew.task.status'
/** On a `clew.task.phase` event: the phase's label. */
export const ATTR_CLEW_TASK_PHASE = 'clew.task.phase'
/** On a `clew.task.phase` event: `start` or `end`. */
export const ATTR_CLEW_TASK_PHASE_STATE = 'clew.task.phase.state'
/** On a `clew.task.log` record: `setup`, `build`, `serve`, `run` or `task`. */
export const ATTR_CLEW_TASK_LOG_KIND = 'clew.task.log.kind'
/** On a `clew.task.log` record: the line; the record's body does as well. */
export const ATTR_CLEW_TASK_LOG_LINE = 'clew.task.log.line'
/** What the agent decided, in a sentence. */
export const ATTR_CLEW_DECISION_SUMMARY = 'clew.decision.summary'
/** The action decided on. */
export const ATTR_CLEW_DECISION_ACTION = 'clew.decision.action'
/** Class of the action's arguments, without their values. */
export const ATTR_CLEW_DECISION_ARGUMENTS_CLASS = 'clew.decision.arguments_class'
/** Policy that was evaluated. */
export const ATTR_CLEW_POLICY_NAME = 'clew.policy.name'
/** `allow`, `deny` or the policy's own word. */
export const ATTR_CLEW_POLICY_RESULT = 'clew.policy.result'
/** `approved`, `rejected` or `edited`. */
export const ATTR_CLEW_APPROVAL_DECISION = 'clew.approval.decision'
/** Who decided. */
export const ATTR_CLEW_APPROVAL_BY = 'clew.approval.by'
/** How long the decision took, in milliseconds. */
export const ATTR_CLEW_APPROVAL_WAIT_MS = 'clew.approval.wait_ms'
/** Share of the proposal that the approver changed, 0 to 1. */
export const ATTR_CLEW_APPROVAL_EDIT_DISTANCE = 'clew.approval.edit_distance'
/** Attempt number; 1 is the first try. */
export const ATTR_CLEW_RETRY_ATTEMPT = 'clew.retry.attempt'
/** Why the attempt was repeated. */
export const ATTR_CLEW_RETRY_REASON = 'clew.retry.reason'
/** JSON of what changed in the agent's state. */
export const ATTR_CLEW_STATE_DELTA = 'clew.state.delta'
/** Budget that the span draws on. */
export const ATTR_CLEW_BUDGET_NAME = 'clew.budget.name'
/** The budget's limit, in its own unit. */
export const ATTR_CLEW_BUDGET_LIMIT = 'clew.budget.limit'
/** How much of the budget is used so far. */
export const ATTR_CLEW_BUDGET_USED = 'clew.budget.used'
/** What the answer rests on: ids, links or quotes. */
export const ATTR_CLEW_EVIDENCE = 'clew.evidence'
/** Outcome of the run or agent: `success`, `failure` or the application's own word. */
export const ATTR_CLEW_OUTCOME = 'clew.outcome'
/** Why the agent stopped. */
export const ATTR_CLEW_STOP_REASON = 'clew.stop_reason'
/** True when the agent gave a final answer. */
export const ATTR_CLEW_FINALIZED = 'clew.finalized'
/** From the request to the first streamed token, in milliseconds. */
export const ATTR_CLEW_TIME_TO_FIRST_TOKEN_MS = 'clew.time_to_first_token_ms'
/** MCP server that serves the tool. */
export const ATTR_CLEW_TOOL_MCP_SERVER = 'clew.tool.mcp_server'
/** Version of the tool. */
export const ATTR_CLEW_TOOL_VERSION = 'clew.tool.version'
/** On a `clew.delta` record: position within the span, from 0. */
export const ATTR_CLEW_DELTA_SEQ = 'clew.delta.seq'
/** On a `clew.delta` record: `text`, `arguments` or `reasoning`. */
export const ATTR_CLEW_DELTA_CHANNEL = 'clew.delta.channel'
/** On a `clew.delta` record: the streamed text. */
export const ATTR_CLEW_DELTA_TEXT = 'clew.delta.text'
/** On a `clew.score` record: what is scored. */
export const ATTR_CLEW_SCORE_NAME = 'clew.score.name'
/** On a `clew.score` record: the value. */
export const ATTR_CLEW_SCORE_VALUE = 'clew.score.value'
/** On a `clew.score` record: who or what scored. */
export const ATTR_CLEW_SCORE_BY = 'clew.score.by'
/** On a `clew.score` record: why. */
export const ATTR_CLEW_SCORE_COMMENT = 'clew.score.comment'
/** JSON ledger of what was redacted at the source: `[{rule,path,count}]`, never values. */
export const ATTR_CLEW_REDACTIONS = 'clew.redactions'
