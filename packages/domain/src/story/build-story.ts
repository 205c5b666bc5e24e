import { isOpen } from './build-run-model.ts'
import type { RunModel, RunNode } from './build-run-model.ts'
import type { StepContext } from './describe-model-call.ts'
import { describeStep } from './describe-step.ts'
import { readableText } from './readable-text.ts'
import type { StepTelling } from './story-part.ts'

export type StoryEntry =
  | { type: 'ask'; text: string; node: RunNode | undefined }
  | { type: 'chapter'; agent: RunNode; isFirst: boolean; isReturn: boolean }
  | ToldStep

/** A step is put into words when somebody looks at it: a page shows forty of twenty thousand. */
export interface ToldStep {
  type: 'step'
  node: RunNode
  readonly telling: StepTelling
}

/** Text that streamed in for spans that are still open, by span id. */
export type StreamedText = ReadonlyMap<string, string>

/**
 * The run as a person would tell it: what was asked, then each step with a verb, in chapters by agent.
 * Steps of parallel agents stay together in their chapters, so their numbers may interleave.
 */
export function buildStory(model: RunModel, streamed: StreamedText = new Map()): StoryEntry[] {
  const entries: StoryEntry[] = []
  const asked = askOf(model)
  if (asked !== undefined) entries.push(asked)
  const contextOf = createContexts(model, streamed)
  const met = new Set<RunNode>()
  let chapter: RunNode | undefined
  for (const node of model.nodes) {
    if (node.step === undefined) continue
    const teller = node.span.kind === 'AGENT' ? node.parent?.agent : node.agent
    if (teller !== undefined && teller !== chapter) {
      const isReturn = met.has(teller)
      entries.push({ type: 'chapter', agent: teller, isFirst: chapter === undefined, isReturn })
      met.add(teller)
      chapter = teller
    }
    entries.push(toToldStep(node, contextOf))
  }
  return entries
}

const emptyContext: StepContext = {
  triggered: [],
  isLastOfAgent: false,
  hasAgentEnded: true,
  isOutermost: true,
}

function askOf(model: RunModel): StoryEntry | undefined {
  const root = model.roots[0]
  const user = root?.span.inputMessages?.findLast((message) => message.role === 'user')?.content
  const text = user ?? root?.span.input ?? model.trace.inputPreview
  return text === undefined || text === '' ? undefined : { type: 'ask', text: readableText(text), node: root }
}

function toToldStep(node: RunNode, contextOf: (node: RunNode) => StepContext): ToldStep {
  let told: StepTelling | undefined
  return {
    type: 'step',
    node,
    get telling() {
      return (told ??= describeStep(node, contextOf(node)))
    },
  }
}

function createContexts(model: RunModel, streamed: StreamedText): (node: RunNode) => StepContext {
  const places = new Map<RunNode, { agent: RunNode | undefined; steps: readonly RunNode[]; at: number }>()
  const lastCalls = new Set<RunNode | undefined>()
  for (const [agent, steps] of groupByTeller(model)) {
    steps.forEach((node, at) => places.set(node, { agent, steps, at }))
    lastCalls.add(steps.findLast((node) => node.span.kind === 'LLM'))
  }
  return (node) => {
    const place = places.get(node)
    if (place === undefined) return emptyContext
    const { agent, steps, at } = place
    const retryOf = findRetried(steps, at)
    const text = streamed.get(node.id)
    return {
      triggered: node.span.kind === 'LLM' ? findTriggered(steps, at) : [],
      isLastOfAgent: lastCalls.has(node),
      hasAgentEnded: agent === undefined ? !model.isRunning : !isOpen(agent),
      isOutermost: agent?.parent?.agent === undefined,
      ...(retryOf === undefined ? {} : { retryOf }),
      ...(text === undefined ? {} : { streamed: text }),
    }
  }
}

function groupByTeller(model: RunModel): Map<RunNode | undefined, RunNode[]> {
  const byAgent = new Map<RunNode | undefined, RunNode[]>()
  for (const node of model.steps) {
    const teller = node.span.kind === 'AGENT' ? node.parent?.agent : node.agent
    const known = byAgent.get(teller)
    if (known === undefined) byAgent.set(teller, [node])
    else known.push(node)
  }
  return byAgent
}

/** Where the answer's tool calls are not on the wire, what ran before the agent's next call tells them. */
function findTriggered(steps: readonly RunNode[], from: number): string[] {
  const names: string[] = []
  for (let i = from + 1; i < steps.length; i++) {
    const next = steps[i]
    if (next === undefined || next.span.kind === 'LLM') break
    if (next.span.kind === 'TOOL' && !isInsideStep(next)) names.push(next.span.tool?.name ?? next.span.name)
  }
  return names
}

/** A tool inside another step was called by that step, not by the model. */
function isInsideStep(node: RunNode): boolean {
  for (let outer = node.parent; outer !== undefined && outer !== node.agent; outer = outer.parent) {
    if (outer.step !== undefined && outer.span.kind === 'TOOL') return true
  }
  return false
}

const retryWindow = 40

/** The same call with the same arguments that failed before, with no other of that name in between. */
function findRetried(steps: readonly RunNode[], at: number): RunNode | undefined {
  const node = steps[at]
  if (node === undefined) return undefined
  const reach = node.span.kind === 'LLM' ? 1 : retryWindow
  for (let i = at - 1; i >= Math.max(0, at - reach); i--) {
    const earlier = steps[i]
    if (earlier?.span.kind !== node.span.kind || nameOf(earlier) !== nameOf(node)) continue
    const isSame = earlier.parent === node.parent && givenTo(earlier) === givenTo(node)
    return earlier.isFailed && isSame ? earlier : undefined
  }
  return undefined
}

function givenTo(node: RunNode): string | undefined {
  return node.span.kind === 'LLM' ? undefined : (node.span.tool?.arguments ?? node.span.input)
}

function nameOf(node: RunNode): string {
  return node.span.tool?.name ?? node.span.name
}
