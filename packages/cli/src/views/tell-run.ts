import { formatDuration, formatElapsed, formatMoney } from '@clew/domain/format'
import { agentLabel, buildStory, endOf, isOpen } from '@clew/domain/story'
import type { RunModel, RunNode, StepTelling, StoryEntry, StreamedText } from '@clew/domain/story'
import type { ScreenLine } from '../terminal/live-screen.ts'
import { fit, pad, style, wrap } from '../terminal/style.ts'
import type { Tone } from '../terminal/style.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { sayStep, signOf } from './say-step.ts'

const tookWidth = 11
const costWidth = 9
const proseLinesMax = 12

export interface Telling {
  terminal: Terminal
  model: RunModel
  /** Milliseconds after the run's start. */
  nowMs: number
  streamed?: StreamedText
}

/** The run as a tree of numbered steps, in the words and with the numbers of the run page. */
export function tellRun(telling: Telling): ScreenLine[] {
  const { model, streamed } = telling
  const story = buildStory(model, streamed)
  const met = new Map<string, number>()
  return story.flatMap((entry) => {
    if (entry.type === 'ask') return []
    if (entry.type === 'step') return tellStep(telling, entry)
    const times = (met.get(entry.agent.id) ?? 0) + 1
    met.set(entry.agent.id, times)
    return [tellChapter(telling, { entry, times })]
  })
}

/** The heading of the columns. */
export function columnHeads({ terminal }: { terminal: Terminal }): string {
  const room = textRoom(terminal)
  const heads = `  no  ${pad('step', room)} ${pad('took', tookWidth, 'left')} ${pad('cost', costWidth, 'left')}`
  return style(terminal, 'quiet', heads)
}

type Chapter = Extract<StoryEntry, { type: 'chapter' }>

function tellChapter({ terminal }: Telling, told: { entry: Chapter; times: number }): ScreenLine {
  const { entry, times } = told
  const { agent } = entry
  const version = entry.isReturn ? undefined : agent.span.agent?.version
  const name = [agentLabel(agent), version].filter((part) => part !== undefined).join(' ')
  const text = `      ${style(terminal, 'strong', fit(name, terminal.width() - 6))}`
  return { key: `chapter ${agent.id} ${times}`, text, isFinal: true }
}

function tellStep(telling: Telling, entry: { node: RunNode; telling: StepTelling }): ScreenLine[] {
  const { terminal, nowMs } = telling
  const { node } = entry
  const sign = signOf(entry.telling.mark, node.span.kind)
  const said = sayStep(entry.telling)
  const nest = '|  '.repeat(Math.min(8, nestingOf(node)))
  const room = textRoom(terminal)
  const tone = toneOf(node)
  const flag = node.isFailed ? 'x' : node.span.state === 'lost' ? '!' : ' '
  const number = pad(String(node.step ?? ''), 3, 'left')
  const shape = `${sign}  `
  const line = fit(said.line, Math.max(8, room - nest.length - shape.length))
  const took = pad(tookOf(node, nowMs), tookWidth, 'left')
  const cost = pad(costOf(node), costWidth, 'left')
  const text =
    `${style(terminal, tone, flag + number)}  ` +
    `${pad(style(terminal, 'quiet', nest) + style(terminal, tone, shape) + line, room)} ` +
    `${style(terminal, isOpen(node) ? 'run' : 'plain', took)} ${style(terminal, 'quiet', cost)}`.trimEnd()
  const head = { key: `step ${node.id}`, text: text.trimEnd(), isFinal: isSettled(node) }
  return [head, ...tellProse(telling, { node, prose: said.prose })]
}

function tellProse(
  { terminal }: Telling,
  { node, prose }: { node: RunNode; prose: string | undefined },
): ScreenLine[] {
  if (prose === undefined) return []
  const lines = wrap(prose, Math.min(90, terminal.width() - 9))
  const cut = isOpen(node) ? lines.slice(-proseLinesMax) : lines.slice(0, proseLinesMax)
  return cut.map((line, index) => ({
    key: `prose ${node.id} ${index}`,
    text: `${style(terminal, 'quiet', '      |')}  ${line}`.trimEnd(),
    isFinal: !isOpen(node),
  }))
}

/** An agent's line says that it was handed something, which is true from its start. */
function isSettled(node: RunNode): boolean {
  return !isOpen(node) || node.span.kind === 'AGENT' || node.span.kind === 'TASK'
}

function nestingOf(node: RunNode): number {
  let depth = 0
  for (let outer = node.parent; outer !== undefined; outer = outer.parent) {
    if (outer.span.kind === 'AGENT') break
    if (outer.step !== undefined) depth += 1
  }
  return depth
}

function toneOf(node: RunNode): Tone {
  if (node.isFailed) return 'fail'
  if (node.span.state === 'lost') return 'warn'
  return isOpen(node) ? 'run' : 'plain'
}

function tookOf(node: RunNode, nowMs: number): string {
  if (node.span.kind === 'AGENT') return ''
  if (isOpen(node)) return `${formatElapsed(endOf(node, nowMs) - node.startMs)} ...`
  return node.endMs === undefined ? 'lost' : formatDuration(node.endMs - node.startMs)
}

function costOf({ span }: RunNode): string {
  return span.kind === 'AGENT' || span.cost === undefined ? '' : (formatMoney(span.cost) ?? '')
}

function textRoom(terminal: Terminal): number {
  return Math.max(20, Math.min(110, terminal.width()) - 6 - tookWidth - costWidth - 2)
}
