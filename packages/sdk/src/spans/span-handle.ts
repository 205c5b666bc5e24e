import {
  ATTR_CLEW_BUDGET_LIMIT,
  ATTR_CLEW_BUDGET_NAME,
  ATTR_CLEW_BUDGET_USED,
  ATTR_CLEW_EVIDENCE,
  ATTR_CLEW_FINALIZED,
  ATTR_CLEW_OUTCOME,
  ATTR_CLEW_STATE_DELTA,
  ATTR_CLEW_STOP_REASON,
  ATTR_CLEW_TOOL_MCP_SERVER,
  ATTR_CLEW_TOOL_VERSION,
  ATTR_LLM_MODEL_NAME,
  ATTR_LLM_PROVIDER,
  ATTR_TOOL_CALL_ID,
  ATTR_TOOL_NAME,
  EVENT_CLEW_BUDGET,
  EVENT_CLEW_STATE,
  retrievalDocumentKey,
} from '@clew/semconv/attributes'
import type { Attributes, Span, TimeInput } from '@opentelemetry/api'
import { SpanStatusCode } from '@opentelemetry/api'

import { sdkState } from '../provider/sdk-state.ts'
import { describeError } from '../values/describe-error.ts'
import { toAttribute } from '../values/to-attribute.ts'
import { toJson } from '../values/to-text.ts'
import { normaliseUsage, toTokenAttributes } from '../values/usage.ts'
import type { TokenUsage } from '../values/usage.ts'
import { recordAttributes } from './record-attributes.ts'
import type {
  ApprovalRecord,
  BudgetRecord,
  DecisionRecord,
  DocumentRecord,
  PolicyRecord,
  RetryRecord,
  ScoreRecord,
} from './record-attributes.ts'
import { sendScore } from './send-score.ts'
import { writeAttribute, writeAttributes } from './write-attributes.ts'
import { inputKeys, outputKeys, writeContent } from './write-content.ts'

/** What a span's function gets: records what happened. No method throws; every one may be chained. */
export class SpanHandle {
  /** The OpenTelemetry span itself. */
  readonly raw: Span
  #hasStatus = false

  constructor(span: Span) {
    this.raw = span
  }

  get traceId(): string {
    return this.raw.spanContext().traceId
  }

  get spanId(): string {
    return this.raw.spanContext().spanId
  }

  setInput(value: unknown): this {
    return this.#try(() => writeContent(this.raw, inputKeys, value))
  }

  setOutput(value: unknown): this {
    return this.#try(() => writeContent(this.raw, outputKeys, value))
  }

  /** Takes a provider's own usage object, of OpenAI, Anthropic, Gemini or the AI SDK. */
  recordUsage(usage: unknown): this {
    return this.#try(() => writeAttributes(this.raw, toTokenAttributes(normaliseUsage(usage))))
  }

  /** Takes counts by their plain names; `prompt` and `completion` are understood too. */
  recordTokens(tokens: TokenUsage & { prompt?: number; completion?: number }): this {
    return this.recordUsage(tokens)
  }

  setModel(model: string, provider?: string): this {
    return this.#try(() => {
      writeAttribute(this.raw, ATTR_LLM_MODEL_NAME, model)
      writeAttribute(this.raw, ATTR_LLM_PROVIDER, provider)
    })
  }

  /** `success`, `failure` or a word of one's own. */
  setOutcome(outcome: string): this {
    return this.setAttribute(ATTR_CLEW_OUTCOME, outcome)
  }

  setStopReason(reason: string): this {
    return this.setAttribute(ATTR_CLEW_STOP_REASON, reason)
  }

  /** True when the agent gave its final answer. */
  setFinalized(isFinal = true): this {
    return this.setAttribute(ATTR_CLEW_FINALIZED, isFinal)
  }

  setTool(tool: { name?: string; callId?: string; version?: string; mcpServer?: string }): this {
    return this.setAttributes({
      [ATTR_TOOL_NAME]: tool.name,
      [ATTR_TOOL_CALL_ID]: tool.callId,
      [ATTR_CLEW_TOOL_VERSION]: tool.version,
      [ATTR_CLEW_TOOL_MCP_SERVER]: tool.mcpServer,
    })
  }

  /** What a retriever found. */
  setDocuments(documents: readonly DocumentRecord[]): this {
    return this.#try(() => {
      const attributes: Attributes = {}
      for (const [index, document] of documents.entries()) {
        for (const [field, value] of Object.entries(document)) {
          const attribute = field === 'metadata' ? toJson(value) : toAttribute(value)
          if (attribute !== undefined) attributes[retrievalDocumentKey(index, field)] = attribute
        }
      }
      writeAttributes(this.raw, attributes)
    })
  }

  setAttribute(key: string, value: unknown): this {
    return this.#try(() => writeAttribute(this.raw, key, toAttribute(value)))
  }

  setAttributes(attributes: { readonly [key: string]: unknown }): this {
    return this.#try(() => {
      for (const [key, value] of Object.entries(attributes)) writeAttribute(this.raw, key, toAttribute(value))
    })
  }

  addEvent(name: string, attributes: { readonly [key: string]: unknown } = {}): this {
    return this.#try(() => {
      const entries = Object.entries(attributes).map(([key, value]) => [key, toAttribute(value)] as const)
      this.raw.addEvent(name, Object.fromEntries(entries))
    })
  }

  recordDecision(decision: DecisionRecord): this {
    return this.#record(recordAttributes.decision(decision))
  }

  recordPolicy(policy: PolicyRecord): this {
    return this.#record(recordAttributes.policy(policy))
  }

  recordApproval(approval: ApprovalRecord): this {
    return this.#record(recordAttributes.approval(approval))
  }

  recordRetry(retry: RetryRecord): this {
    return this.#record(recordAttributes.retry(retry))
  }

  recordStateChange(delta: unknown): this {
    return this.#record({ event: EVENT_CLEW_STATE, attributes: { [ATTR_CLEW_STATE_DELTA]: toJson(delta) } })
  }

  recordBudget(budget: BudgetRecord): this {
    const attributes = {
      [ATTR_CLEW_BUDGET_NAME]: budget.name,
      [ATTR_CLEW_BUDGET_LIMIT]: budget.limit,
      [ATTR_CLEW_BUDGET_USED]: budget.used,
    }
    return this.#record({ event: EVENT_CLEW_BUDGET, attributes })
  }

  /** What an answer rests on: ids, links or quotes. */
  recordEvidence(evidence: readonly string[]): this {
    return this.setAttribute(ATTR_CLEW_EVIDENCE, evidence.map(String))
  }

  /** A score of this span, for what is known while the program still runs. */
  score(score: ScoreRecord): this {
    return this.#try(() => sendScore(this.raw, score))
  }

  /** Marks the span as failed and keeps what was thrown. */
  recordError(error: unknown): this {
    return this.#try(() => {
      const { attributes, exception, message } = describeError(error)
      this.#hasStatus = true
      writeAttributes(this.raw, attributes)
      this.raw.addEvent('exception', exception)
      this.raw.setStatus({ code: SpanStatusCode.ERROR, message })
    })
  }

  /** Ends the span; as OK unless it failed or says otherwise itself. */
  end(endTime?: TimeInput): void {
    // Runs for every span, so without the closure of `#try`.
    try {
      if (!this.raw.isRecording()) return
      if (!this.#hasStatus) this.raw.setStatus(ok)
      this.raw.end(endTime)
    } catch (error) {
      sdkState().reporter.reportFault(error)
    }
  }

  /** The latest record describes the span; each one stays as an event. */
  #record(record: { event: string; attributes: Attributes }): this {
    return this.#try(() => {
      writeAttributes(this.raw, record.attributes)
      this.raw.addEvent(record.event, record.attributes)
    })
  }

  #try(step: () => void): this {
    try {
      step()
    } catch (error) {
      sdkState().reporter.reportFault(error)
    }
    return this
  }
}

const ok = { code: SpanStatusCode.OK } as const
