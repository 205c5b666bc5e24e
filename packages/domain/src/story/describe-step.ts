import { agentLabel, isOpen, nodeLabel } from './build-run-model.ts'
import type { RunNode } from './build-run-model.ts'
import { describeApproval } from './describe-approval.ts'
import { describeModelCall } from './describe-model-call.ts'
import type { StepContext } from './describe-model-call.ts'
import { readableText } from './readable-text.ts'
import type { StepTelling, StoryMark, StoryPart } from './story-part.ts'
import { countEntries, shorten, summariseValue } from './summarise-value.ts'

/** Tells one step with a verb. Says only what the span carries; a missing fact shortens the sentence. */
export function describeStep(node: RunNode, context: StepContext): StepTelling {
  const telling = describeByKind(node, context)
  const mark = statusMark(node) ?? telling.mark
  if (!node.isFailed) return { ...telling, mark }
  const message = failureOf(node)
  const isSaid = telling.note !== undefined || telling.parts.some((part) => part.as === 'fail')
  if (isSaid || message === undefined) return { ...telling, mark }
  return { ...telling, mark, parts: [...telling.parts, { as: 'fail', text: message }] }
}

function describeByKind(node: RunNode, context: StepContext): StepTelling {
  const mark: StoryMark = { by: 'kind', kind: node.span.kind }
  switch (node.span.kind) {
    case 'LLM':
      return describeModelCall(node, context)
    case 'AGENT':
      return node.parent?.agent === undefined ? { mark, parts: describeOwnWork(node) } : describeHandoff(node)
    case 'TOOL':
      return describeToolCall(node, context)
    case 'APPROVAL':
      return describeApproval(node)
    case 'RETRIEVER':
      return { mark, parts: describeReading(node) }
    case 'RERANKER':
      return { mark, parts: describeRanking(node) }
    case 'EMBEDDING':
      return {
        mark,
        parts: [verb(node, 'Embedded', 'Embedding'), ...quoteOf(node), ...asideOf(node.span.model)],
      }
    case 'GUARDRAIL':
      return { mark, parts: describeCheck(node, verb(node, 'Checked', 'Checking')) }
    case 'EVALUATOR':
      return { mark, parts: describeCheck(node, verb(node, 'Judged', 'Judging')) }
    case 'CHAIN':
    case 'EVENT':
    case 'PROMPT':
    case 'TASK':
    case 'UNKNOWN':
      return { mark, parts: [{ as: 'code', text: nodeLabel(node) }] }
  }
}

function statusMark(node: RunNode): StoryMark | undefined {
  if (node.isFailed) return { by: 'fail' }
  if (node.span.state === 'lost') return { by: 'lost' }
  // What runs is said of the innermost; whoever waits for it keeps their own shape.
  if (!isOpen(node) || node.children.some(isOpen)) return undefined
  return { by: node.span.kind === 'APPROVAL' ? 'waiting' : 'running' }
}

/** An agent that nobody handed off to: what it was asked stands above its steps. */
function describeOwnWork(node: RunNode): StoryPart[] {
  return [verb(node, 'Ran', 'Running'), { as: 'text', text: agentLabel(node) }]
}

function describeHandoff(node: RunNode): StepTelling {
  const input = node.span.input === undefined ? '' : tellGiven(node.span.input)
  return {
    mark: { by: 'handoff' },
    parts: [
      { as: 'verb', text: 'Handed off' },
      { as: 'text', text: `to ${agentLabel(node)}` },
      ...(input === '' ? [] : [{ as: 'quote' as const, text: input }]),
    ],
  }
}

function describeToolCall(node: RunNode, context: StepContext): StepTelling {
  const { span } = node
  const name: StoryPart = { as: 'code', text: nodeLabel(node) }
  const given = span.tool?.arguments ?? span.input
  const result = span.tool?.result ?? span.output
  const isRetry = (span.retry?.attempt ?? 1) > 1 || context.retryOf !== undefined
  const parts: StoryPart[] = isRetry ? [{ as: 'verb', text: 'Tried again' }, name] : [name]
  const pauseMs = context.retryOf?.endMs === undefined ? undefined : node.startMs - context.retryOf.endMs
  if (isRetry && pauseMs !== undefined && pauseMs >= 50) {
    parts.push({ as: 'text', text: 'after' }, { as: 'duration', ms: pauseMs })
  }
  if (given !== undefined && !isRetry) parts.push({ as: 'quote', text: summariseValue(given, 64) })
  if (result !== undefined && !node.isFailed) {
    const said: StoryPart = { as: 'text', text: summariseValue(result) }
    parts.push({ as: 'text', text: isRetry ? ':' : 'returned' }, said)
  }
  return { mark: isRetry ? { by: 'retry' } : { by: 'kind', kind: span.kind }, parts }
}

function describeReading(node: RunNode): StoryPart[] {
  const { span } = node
  const documents = span.documents ?? []
  const count = documents.length > 0 ? documents.length : countEntries(span.output ?? '')
  const what = count === undefined ? 'documents' : `${count} ${count === 1 ? 'document' : 'documents'}`
  const scores = documents.flatMap((document) => (document.score === undefined ? [] : [document.score]))
  const best = scores.length === 0 ? undefined : `best ${Math.max(...scores).toFixed(2)}`
  const first = documents[0]?.id
  const aside = [best, first].filter((part) => part !== undefined).join(', ')
  const query = quoteOf(node)
  return [
    verb(node, 'Read', 'Reading'),
    { as: 'text', text: query.length > 0 ? `${what} for` : what },
    ...query,
    ...asideOf(aside === '' ? undefined : aside),
  ]
}

function describeRanking(node: RunNode): StoryPart[] {
  const count = node.span.documents?.length
  const what = count === undefined ? 'the documents' : `${count} documents`
  return [verb(node, 'Ranked', 'Ranking'), { as: 'text', text: what }, ...asideOf(node.span.model)]
}

function describeCheck(node: RunNode, said: StoryPart): StoryPart[] {
  const { span } = node
  const result = span.policy?.result ?? (span.output === undefined ? undefined : summariseValue(span.output))
  const subject: StoryPart = {
    as: 'text',
    text: nodeLabel(node) + (result === undefined || node.isFailed ? '' : ':'),
  }
  if (result === undefined || node.isFailed) return [said, subject]
  return [said, subject, { as: 'text', text: result }]
}

/** Error messages often repeat the type; the first line is what a sentence can bear. */
function failureOf(node: RunNode): string | undefined {
  const { span } = node
  const message = span.errorMessage ?? span.statusMessage ?? span.errorType
  return message === undefined ? 'failed, without a message' : shorten(message.split('\n')[0] ?? message, 140)
}

function verb(node: RunNode, done: string, doing: string): StoryPart {
  return { as: 'verb', text: isOpen(node) ? doing : done }
}

function quoteOf(node: RunNode): StoryPart[] {
  const { input } = node.span
  return input === undefined || input === '' ? [] : [{ as: 'quote', text: tellGiven(input) }]
}

/** Words where there are some, else the fields in short. */
function tellGiven(input: string): string {
  const words = readableText(input)
  return words === input ? summariseValue(input, 80) : shorten(words, 80)
}

function asideOf(text: string | undefined): StoryPart[] {
  return text === undefined ? [] : [{ as: 'aside', text }]
}
