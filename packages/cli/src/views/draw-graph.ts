import type { ExecutionGraph, GraphEdge, GraphNode } from '@clew/domain'
import { formatAmount, formatDuration, totalTokens } from '@clew/domain/format'
import { drawTable } from '../terminal/table.ts'
import type { Tone } from '../terminal/style.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** The execution graph as rows: each node, what leads to it, and how it went. */
export function drawGraph({ terminal, graph }: { terminal: Terminal; graph: ExecutionGraph }): string[] {
  const labels = new Map(graph.nodes.map((node) => [node.id, labelOf(node)]))
  const rows = graph.nodes.map((node) => [
    { text: node.step === undefined ? '' : String(node.step), tone: 'quiet' as const },
    node.type,
    node.label,
    { text: node.status, tone: toneOf(node) },
    graph.edges
      .filter((edge) => edge.to === node.id)
      .map((edge) => sayEdge(edge, labels))
      .join('; '),
    node.durationMs === undefined || node.type === 'join' ? '' : formatDuration(node.durationMs),
    node.tokens === undefined ? '' : String(totalTokens(node.tokens) ?? ''),
    node.cost === undefined ? '' : formatAmount(node.cost),
  ])
  const { totalSteps, completedSteps, runningSteps, failedSteps } = graph
  const table = drawTable({
    terminal,
    columns: [
      { title: 'no', side: 'right' },
      { title: 'type' },
      { title: 'label' },
      { title: 'status' },
      { title: 'after', isFlexible: true },
      { title: 'took', side: 'right' },
      { title: 'tokens', side: 'right', isOptional: true },
      { title: 'cost', side: 'right', isOptional: true },
    ],
    rows,
  })
  return [
    ...table,
    '',
    `${totalSteps} steps: ${completedSteps} completed, ${runningSteps} running, ${failedSteps} failed`,
  ]
}

function sayEdge(edge: GraphEdge, labels: ReadonlyMap<string, string>): string {
  const from = labels.get(edge.from) ?? edge.from
  return edge.type === 'parent' ? `in ${from}` : `${edge.label ?? edge.type} ${from}`
}

function labelOf(node: GraphNode): string {
  return node.step === undefined ? node.label : String(node.step)
}

function toneOf(node: GraphNode): Tone {
  if (node.status === 'failed') return 'fail'
  if (node.status === 'running' || node.status === 'blocked') return 'run'
  return node.status === 'cancelled' ? 'warn' : 'plain'
}
