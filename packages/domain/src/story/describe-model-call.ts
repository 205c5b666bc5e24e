import { isOpen, nodeLabel } from './build-run-model.ts'
import type { RunNode } from './build-run-model.ts'
import type { StepTelling, StoryNote, StoryPart } from './story-part.ts'
import { readableText } from './readable-text.ts'
import { shorten } from './summarise-value.ts'

/** What the telling of a step needs beyond its own span. */
export interface StepContext {
  /** Names of the tools that this model call set in motion, in order. */
  triggered: readonly string[]
  /** True for the agent's last model call. */
  isLastOfAgent: boolean
  /** False while the agent may still call again. */
  hasAgentEnded: boolean
  /** True where the agent answers whoever asked, not another agent. */
  isOutermost: boolean
  /** The failed call that this one repeats. */
  retryOf?: RunNode
  /** Text that has streamed in so far. */
  streamed?: string
}

const answerLength = 600
const asideLength = 110

/** A model call: what was decided, or what was answered. */
export function describeModelCall(node: RunNode, context: StepContext): StepTelling {
  const telling = describeAnswer(node, context)
  if (context.retryOf === undefined) return telling
  return {
    ...telling,
    mark: { by: 'retry' },
    parts: [...telling.parts, { as: 'aside', text: 'tried again' }],
  }
}

function describeAnswer(node: RunNode, context: StepContext): StepTelling {
  const mark = { by: 'kind', kind: 'LLM' } as const
  const { span } = node
  const model: StoryPart = { as: 'aside', text: nodeLabel(node) }
  if (isOpen(node)) return { mark, parts: tellLive(context, model) }
  if (span.decision?.summary !== undefined) {
    return {
      mark,
      parts: [{ as: 'verb', text: 'Decided' }, { as: 'text', text: span.decision.summary }, model],
    }
  }
  const called = [...new Set(span.outputToolCalls?.map((call) => call.name) ?? context.triggered)]
  if (called.length > 0) {
    return {
      mark,
      parts: [{ as: 'verb', text: 'Decided' }, { as: 'text', text: 'to call' }, ...list(called), model],
    }
  }
  const answer = span.output === undefined ? context.streamed : readableText(span.output)
  if (node.isFailed) return { mark, parts: [{ as: 'verb', text: 'Got no answer' }, model] }
  if (answer === undefined || answer === '') {
    return { mark, parts: [{ as: 'verb', text: 'Answered' }, model] }
  }
  if (!context.isLastOfAgent) {
    const said: StoryPart = { as: 'quote', text: shorten(answer, asideLength) }
    return { mark, parts: [{ as: 'verb', text: 'Said' }, said, model] }
  }
  if (!context.isOutermost) {
    return {
      mark,
      parts: [
        { as: 'verb', text: 'Reported back' },
        { as: 'quote', text: shorten(answer, asideLength) },
      ],
    }
  }
  const note = context.hasAgentEnded ? noteOf(node) : undefined
  return { mark, parts: [{ as: 'prose', text: cut(answer) }], ...(note === undefined ? {} : { note }) }
}

function tellLive(context: StepContext, model: StoryPart): StoryPart[] {
  if (context.streamed !== undefined && context.streamed !== '')
    return [{ as: 'prose', text: context.streamed }]
  return [{ as: 'verb', text: 'Thinking' }, model]
}

function noteOf(node: RunNode): StoryNote | undefined {
  const { span } = node
  const parts: StoryPart[] = []
  if (span.timeToFirstTokenMs !== undefined) {
    parts.push(
      { as: 'text', text: 'streamed, first words after' },
      { as: 'duration', ms: span.timeToFirstTokenMs },
    )
  }
  const tokens = span.usage?.output
  if (tokens !== undefined) parts.push({ as: 'text', text: `${tokens.toLocaleString('en')} tokens` })
  return parts.length === 0 ? undefined : { tone: 'quiet', parts }
}

function list(names: readonly string[]): StoryPart[] {
  return names.slice(0, 4).flatMap((name, i): StoryPart[] => {
    const before = i === 0 ? [] : [{ as: 'text' as const, text: i === names.length - 1 ? 'and' : ',' }]
    return [...before, { as: 'code', text: name }]
  })
}

function cut(answer: string): string {
  return answer.length <= answerLength ? answer.trim() : `${answer.slice(0, answerLength).trimEnd()}…`
}
