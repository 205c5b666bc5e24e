import { formatClock, formatDuration } from '@clew/domain/format'
import { isOpen } from '@clew/domain/story'
import type { RunModel, RunNode } from '@clew/domain/story'
import { drawTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** All spans as they are on the wire: tree, kind, state, time and id. */
export function drawSpans({ terminal, model }: { terminal: Terminal; model: RunModel }): string[] {
  return drawTable({
    terminal,
    columns: [
      { title: 'started' },
      { title: 'span', isFlexible: true },
      { title: 'kind' },
      { title: 'state' },
      { title: 'took', side: 'right' },
      { title: 'id' },
    ],
    rows: model.nodes.map((node) => [
      formatClock(model.startEpochMs + node.startMs, 'ms'),
      `${'. '.repeat(Math.min(12, node.depth))}${node.span.name}`,
      node.span.kind,
      { text: stateOf(node), tone: node.isFailed ? 'fail' : isOpen(node) ? 'run' : 'plain' },
      node.endMs === undefined ? '' : formatDuration(node.endMs - node.startMs),
      { text: node.id, tone: 'quiet' },
    ]),
  })
}

function stateOf(node: RunNode): string {
  if (node.isFailed) return 'x error'
  return node.span.state === 'lost' ? '! lost' : node.span.state
}
