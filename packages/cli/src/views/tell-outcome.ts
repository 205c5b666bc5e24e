import type { RunSummary } from '@clew/domain'
import {
  formatClock,
  formatCount,
  formatDuration,
  formatElapsed,
  formatMoney,
  totalTokens,
} from '@clew/domain/format'
import { findErrors, findRunningLeaf, nodeLabel, titleOf } from '@clew/domain/story'
import type { RunModel } from '@clew/domain/story'
import { cut, plain, style } from '../terminal/style.ts'
import type { Tone } from '../terminal/style.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** What the run was about, who ran, when, and where its page is. */
export function tellHead(options: { terminal: Terminal; model: RunModel; pageUrl: string }): string[] {
  const { terminal, model, pageUrl } = options
  const { trace } = model
  const [agent] = trace.agents
  const [session] = trace.sessionIds
  const facts = [
    agent === undefined
      ? trace.name
      : agent + (trace.agentVersion === undefined ? '' : `@${trace.agentVersion}`),
    ...(session === undefined ? [] : [`session ${session}`]),
    `started ${formatClock(model.startEpochMs)}`,
  ].join('   ')
  // An address that is broken over two lines can't be opened from the terminal.
  const isWide = `${facts}   ${pageUrl}`.length <= terminal.width()
  return [
    style(terminal, 'strong', cut(plain(titleOf(model)), terminal.width())),
    ...(isWide ? [`${facts}   ${pageUrl}`] : [facts, pageUrl]).map((line) => style(terminal, 'quiet', line)),
    '',
  ]
}

const words: Readonly<Record<RunSummary['status'], { word: string; tone: Tone }>> = {
  running: { word: 'RUNNING', tone: 'run' },
  ok: { word: 'COMPLETED', tone: 'plain' },
  unset: { word: 'COMPLETED', tone: 'plain' },
  error: { word: 'FAILED', tone: 'fail' },
  lost: { word: 'LOST', tone: 'warn' },
}

/** How the run stands, in one line. */
export function tellStatus(options: { terminal: Terminal; model: RunModel; nowMs: number }): string {
  const { terminal, model, nowMs } = options
  const { trace } = model
  const { word, tone } = words[trace.status]
  const tokens = totalTokens(trace.usage)
  const money = trace.cost === undefined ? undefined : formatMoney(trace.cost)
  const leaf = model.isRunning ? findRunningLeaf(model) : undefined
  const facts = [
    trace.outcome,
    model.isRunning ? formatElapsed(nowMs) : formatDuration(model.lastMs),
    tokens === undefined ? undefined : `${formatCount(tokens)} tokens`,
    money,
    `${formatCount(trace.spanCount)} ${trace.spanCount === 1 ? 'span' : 'spans'}`,
    leaf === undefined ? undefined : nodeLabel(leaf),
  ].filter((fact) => fact !== undefined)
  return `${style(terminal, tone, word)}  ${cut(plain(facts.join('   ')), terminal.width() - word.length - 2)}`
}

/** The status, and the first error in causal order with the command that shows it. */
export function tellOutcome(options: { terminal: Terminal; model: RunModel; nowMs: number }): string[] {
  const { terminal, model } = options
  const [first] = findErrors(model)
  const lines = ['', tellStatus(options)]
  if (first === undefined) return lines
  const step = first.step === undefined ? first.id : String(first.step)
  const where = first.step === undefined ? '' : `step ${step} `
  const message = first.span.errorMessage ?? first.span.statusMessage ?? first.span.errorType ?? ''
  lines.push(cut(plain(`first error  ${where}${nodeLabel(first)}  ${message}`), terminal.width()))
  const short = model.trace.traceId.slice(0, 8)
  lines.push(style(terminal, 'quiet', `             clew span get ${short}:${step} --view io`))
  return lines
}
