import { readableText } from './readable-text.ts'
import { shorten } from './summarise-value.ts'
import { endOf, isOpen } from './build-run-model.ts'
import type { RunModel, RunNode } from './build-run-model.ts'

/** How long the run waited for people; overlapping waits count once. */
export function measureWaiting(model: RunModel, nowMs: number): number {
  let waited = 0
  let until = 0
  for (const node of model.nodes) {
    if (node.span.kind !== 'APPROVAL') continue
    const end = endOf(node, nowMs)
    waited += Math.max(0, end - Math.max(node.startMs, until))
    until = Math.max(until, end)
  }
  return waited
}

/** What runs at this moment: the open span that has no open span inside, the newest of several. */
export function findRunningLeaf(model: RunModel): RunNode | undefined {
  let leaf: RunNode | undefined
  for (const node of model.nodes) {
    if (!isOpen(node) || node.children.some(isOpen)) continue
    if (leaf === undefined || node.startMs >= leaf.startMs) leaf = node
  }
  return leaf
}

/** What the run was about: what was asked, else its name. */
export function titleOf({ trace, roots }: RunModel): string {
  return titleOfRun({ name: trace.name, inputPreview: trace.inputPreview ?? roots[0]?.span.input })
}

/** The same for lists. Data that nobody would read as a question names nothing. */
export function titleOfRun(run: { name: string; inputPreview?: string | undefined }): string {
  const words = run.inputPreview === undefined ? '' : shorten(readableText(run.inputPreview), 140)
  return words === '' || /^[[{]/.test(words) ? run.name : words
}

/** Where a person lands: on the first thing that went wrong, on what runs, else on the outcome. */
export function findLanding(model: RunModel, errors: readonly RunNode[]): RunNode | undefined {
  const [firstError] = errors
  if (firstError !== undefined) return firstError
  if (model.isRunning) return findRunningLeaf(model) ?? model.steps.at(-1)
  const answer = model.steps.findLast((node) => node.span.kind === 'LLM' && node.depth <= 2)
  return answer ?? model.steps.at(-1) ?? model.nodes[0]
}
