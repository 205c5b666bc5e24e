import { formatDuration } from '@clew/domain/format'
import { endOf, isOpen, nodeLabel } from '@clew/domain/story'
import type { RunModel, RunNode } from '@clew/domain/story'
import { fit, pad, style } from '../terminal/style.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Every span as a bar over the run's time; a running bar has no right end. */
export function drawTimeline(options: { terminal: Terminal; model: RunModel; nowMs: number }): string[] {
  const { terminal, model, nowMs } = options
  const width = Math.min(160, terminal.width())
  const nameWidth = Math.max(16, Math.floor(width * 0.38))
  const barWidth = Math.max(10, width - nameWidth - 14)
  const totalMs = Math.max(1, model.isRunning ? nowMs : model.lastMs)
  const scale = `${pad('', nameWidth)} ${pad('0', barWidth)} ${pad(formatDuration(totalMs), 11, 'left')}`
  const rows = model.nodes.map((node) => {
    const { text, tone } = barOf({ node, nowMs, totalMs, barWidth })
    const took =
      node.endMs === undefined ? (isOpen(node) ? '...' : 'lost') : formatDuration(node.endMs - node.startMs)
    return `${nameOf(node, nameWidth)} ${style(terminal, tone, text)} ${pad(took, 11, 'left')}`.trimEnd()
  })
  return [style(terminal, 'quiet', scale), ...rows]
}

function nameOf(node: RunNode, width: number): string {
  const space = '  '.repeat(Math.min(10, node.depth))
  const flag = node.isFailed ? 'x ' : ''
  return pad(space + fit(flag + nodeLabel(node), Math.max(4, width - space.length)), width)
}

function barOf(args: { node: RunNode; nowMs: number; totalMs: number; barWidth: number }) {
  const { node, nowMs, totalMs, barWidth } = args
  const at = (ms: number) => Math.round((ms / totalMs) * barWidth)
  const from = Math.min(barWidth - 1, at(node.startMs))
  const to = Math.min(barWidth, Math.max(from + 1, at(endOf(node, nowMs))))
  const fill = isOpen(node) ? '-' : '='
  const bar = isOpen(node) ? `${fill.repeat(Math.max(0, to - from - 1))}>` : fill.repeat(to - from)
  const tone = node.isFailed ? ('fail' as const) : isOpen(node) ? ('run' as const) : ('plain' as const)
  return { text: pad(' '.repeat(from) + bar, barWidth), tone }
}
