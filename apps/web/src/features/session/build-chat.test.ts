import { expect, it } from 'vitest'
import { makeRun } from '@clew/domain/testing'
import type { SpanSketch } from '@clew/domain/testing'
import { buildChat } from './build-chat.ts'

const turn: SpanSketch[] = [
  {
    id: 'a',
    kind: 'AGENT',
    agent: { name: 'Support' },
    input: '{"question":"Where is it?"}',
    output: 'On its way.',
    at: 0,
    for: 100,
  },
  { id: 'think', in: 'a', kind: 'LLM', usage: { input: 500 }, at: 1, for: 5 },
  { id: 'look', in: 'a', kind: 'TOOL', status: 'error', errorMessage: '503', at: 10, for: 20 },
  { id: 'answer', in: 'a', kind: 'LLM', usage: { input: 900 }, output: 'On its way.', at: 40, for: 5 },
]

it('tells each run as a turn: asked, done, answered, with what went wrong', () => {
  const [only] = buildChat([makeRun(turn)])
  expect(only?.asked?.text).toBe('Where is it?')
  expect(only?.answered?.text).toBe('On its way.')
  expect(only?.agent).toBe('Support')
  expect(only?.acts.map((act) => act.node.id)).toEqual(['look'])
  expect(only?.firstError?.id).toBe('look')
  expect(only?.contextTokens).toBe(900)
})

it('keeps turns in the order of start and says nothing for an answer that is still to come', () => {
  const open = makeRun(
    [
      { id: 'a', kind: 'AGENT', input: 'And now?', at: 500 },
      { id: 't', in: 'a', kind: 'TOOL', at: 510 },
    ],
    { startTimeUnixNano: '1795183331500000000' },
  )
  const turns = buildChat([open, makeRun(turn)])
  expect(turns.map((one) => one.number)).toEqual([1, 2])
  expect(turns[1]?.answered).toBeUndefined()
  expect(turns[1]?.runningLeaf?.id).toBe('t')
})
