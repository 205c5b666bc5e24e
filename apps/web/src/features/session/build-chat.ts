import type { Run, RunStatus } from '@clew/domain'
import {
  agentLabel,
  buildRunModel,
  buildStory,
  findErrors,
  findRunningLeaf,
  measureWaiting,
  readableText,
} from '@clew/domain/story'
import type { RunModel, RunNode, StepTelling } from '@clew/domain/story'

/** What one side said; `node` holds the whole of it where the preview is cut. */
export interface Said {
  text: string
  isCut: boolean
  node: RunNode | undefined
  atEpochMs: number
}

export interface ChatAct {
  node: RunNode
  telling: StepTelling
}

/** One run of a chat: what was asked, what was done, what was answered. */
export interface Turn {
  number: number
  traceId: string
  model: RunModel
  status: RunStatus
  asked: Said | undefined
  answered: Said | undefined
  agent: string
  /** What the agent did besides thinking, the first few. */
  acts: readonly ChatAct[]
  furtherActs: number
  firstError: RunNode | undefined
  waitedMs: number
  /** The largest context of a model call in this turn, in tokens. */
  contextTokens: number | undefined
  runningLeaf: RunNode | undefined
}

const actsAtMost = 6
/** Where the previews of spans and of runs are cut. */
const previewLengths: ReadonlySet<number> = new Set([400, 240])

/** The chat as it happened, a turn for each of its runs, in the order of start. */
export function buildChat(runs: readonly Run[]): Turn[] {
  return runs
    .map((run) => buildRunModel(run))
    .toSorted((a, b) => a.startEpochMs - b.startEpochMs)
    .map((model, i) => toTurn(model, i + 1))
}

function toTurn(model: RunModel, number: number): Turn {
  const { trace } = model
  const acts = listActs(model)
  const [firstError] = findErrors(model)
  const root = model.roots[0]
  return {
    number,
    traceId: trace.traceId,
    model,
    status: trace.status,
    asked: askedOf(model),
    answered: answeredOf(model),
    agent: root?.agent === undefined ? (trace.agents[0] ?? trace.name) : agentLabel(root.agent),
    acts: acts.slice(0, actsAtMost),
    furtherActs: Math.max(0, acts.length - actsAtMost),
    firstError,
    waitedMs: measureWaiting(model, model.lastMs),
    contextTokens: contextOf(model),
    runningLeaf: model.isRunning ? findRunningLeaf(model) : undefined,
  }
}

function listActs(model: RunModel): ChatAct[] {
  return buildStory(model).flatMap((entry) => {
    if (entry.type !== 'step') return []
    const { kind } = entry.node.span
    const isThinking = (kind === 'LLM' || kind === 'EMBEDDING') && !entry.node.isFailed
    return isThinking ? [] : [{ node: entry.node, telling: entry.telling }]
  })
}

function askedOf(model: RunModel): Said | undefined {
  const root = model.roots[0]
  const text = root?.span.input ?? model.trace.inputPreview
  return toSaid({ text, node: root, atEpochMs: model.startEpochMs })
}

function answeredOf(model: RunModel): Said | undefined {
  const root = model.roots[0]
  const last = model.steps.findLast((node) => node.span.kind === 'LLM' && (node.span.output ?? '') !== '')
  const node = root?.span.output === undefined ? last : root
  const text = node?.span.output ?? (model.isRunning ? undefined : model.trace.outputPreview)
  if (model.isRunning && node !== root) return undefined
  return toSaid({ text, node, atEpochMs: model.startEpochMs + (node?.endMs ?? model.lastMs) })
}

function toSaid(args: {
  text: string | undefined
  node: RunNode | undefined
  atEpochMs: number
}): Said | undefined {
  const { text, node, atEpochMs } = args
  if (text === undefined || text === '') return undefined
  return {
    text: readableText(text),
    isCut: previewLengths.has(text.length) || text.endsWith('…'),
    node,
    atEpochMs,
  }
}

function contextOf(model: RunModel): number | undefined {
  let most: number | undefined
  for (const node of model.nodes) {
    const tokens = node.span.kind === 'LLM' ? node.span.usage?.input : undefined
    if (tokens !== undefined) most = Math.max(most ?? 0, tokens)
  }
  return most
}
