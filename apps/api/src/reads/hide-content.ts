import type { Run, RunSummary, SessionSummary, Task } from '@clew/domain'
import type { WireSpan } from '@clew/semconv/span'
import type { StoredScore } from '@clew/store'

/** A span as somebody sees it who may not read content: what it was and cost, not what it said. */
export function hideSpanContent(span: WireSpan): WireSpan {
  const {
    input: _input,
    output: _output,
    inputMessages: _inputMessages,
    outputMessages: _outputMessages,
    outputToolCalls: _outputToolCalls,
    documents: _documents,
    invocationParameters: _invocationParameters,
    statusMessage: _statusMessage,
    errorMessage: _errorMessage,
    stateDelta: _stateDelta,
    decision: _decision,
    evidence: _evidence,
    tool,
    ...rest
  } = span
  const { arguments: _arguments, result: _result, ...toolRest } = tool ?? {}
  return {
    ...rest,
    ...(tool === undefined ? {} : { tool: toolRest }),
    attributes: {},
    events: span.events.map(({ name, timeUnixNano }) => ({ name, timeUnixNano, attributes: {} })),
    links: span.links.map((link) => ({ ...link, attributes: {} })),
  }
}

/** A summary without previews and messages. */
export function hideSummaryContent(summary: RunSummary): RunSummary {
  const { inputPreview: _input, outputPreview: _output, errorMessage: _error, firstError, ...rest } = summary
  if (firstError === undefined) return rest
  const { message: _message, ...errorRest } = firstError
  return { ...rest, firstError: errorRest }
}

/** A run without content; log bodies are content, so the logs go. */
export function hideRunContent(run: Run): Run {
  return { trace: hideSummaryContent(run.trace), spans: run.spans.map(hideSpanContent), logs: [] }
}

export function hideSessionContent(session: SessionSummary): SessionSummary {
  const { firstInputPreview: _first, lastOutputPreview: _last, ...rest } = session
  return rest
}

/** A comment may say what was said. */
export function hideScoreContent({ comment: _comment, ...score }: StoredScore): StoredScore {
  return score
}

export function hideTaskContent({ input: _input, output: _output, error: _error, ...task }: Task): Task {
  return task
}
