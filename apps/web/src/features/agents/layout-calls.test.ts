import type { AgentCallEdge } from '@clew/domain'
import { expect, test } from 'vitest'
import { layoutCalls } from './layout-calls.ts'

test('callers stand left of the agent, callees right, and a tool is not an agent of the same name', () => {
  const { nodes } = layoutCalls({
    name: 'billing',
    edges: [
      edge('support', 'billing', 'handoff'),
      edge('billing', 'refund', 'tool'),
      edge('billing', 'billing', 'tool'),
    ],
  })
  expect(nodes.map(({ name, kind, column }) => [name, kind, column])).toEqual([
    ['support', 'agent', 0],
    ['billing', 'agent', 1],
    ['billing', 'tool', 2],
    ['refund', 'tool', 2],
  ])
})

test('agents that call each other, or themselves, end, and the way back is marked', () => {
  const { nodes, links } = layoutCalls({
    name: 'a',
    edges: [edge('a', 'b', 'agent'), edge('b', 'a', 'agent'), edge('a', 'a', 'agent')],
  })
  expect(nodes).toHaveLength(2)
  expect(links.map((link) => link.isBack)).toEqual([false, true, true])
})

test('an agent without calls stands alone', () => {
  expect(layoutCalls({ name: 'a', edges: [] }).nodes).toHaveLength(1)
})

function edge(from: string, to: string, kind: AgentCallEdge['kind']): AgentCallEdge {
  return { from, to, kind, callCount: 1, errorCount: 0 }
}
