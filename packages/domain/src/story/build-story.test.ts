import { describe, expect, it } from 'vitest'
import { buildRunModel } from './build-run-model.ts'
import { makeRun } from '../testing/make-run.ts'
import type { SpanSketch } from '../testing/make-run.ts'
import { buildStory } from './build-story.ts'
import type { StoryEntry, StreamedText } from './build-story.ts'
import type { StoryPart } from './story-part.ts'

const support: SpanSketch = {
  id: 'support',
  kind: 'AGENT',
  agent: { name: 'Support Agent', version: '2.14.0' },
  input: '{"question":"I was charged twice"}',
  at: 0,
  for: 1000,
}

describe('buildStory', () => {
  it('tells what was asked, then a chapter per agent, and comes back without repeating the introduction', () => {
    expect(
      tell([
        support,
        { id: 'a', in: 'support', kind: 'LLM', model: 'm', output: 'hm', at: 1, for: 5 },
        {
          id: 'billing',
          in: 'support',
          kind: 'AGENT',
          agent: { name: 'Billing Agent' },
          at: 10,
          for: 50,
          input: 'verify',
        },
        { id: 'b', in: 'billing', kind: 'LLM', output: 'refund accepted', at: 11, for: 5 },
        {
          id: 'c',
          in: 'support',
          kind: 'LLM',
          output: 'I have refunded it.',
          usage: { output: 312 },
          timeToFirstTokenMs: 420,
          at: 70,
          for: 5,
        },
      ]),
    ).toEqual([
      'asked: I was charged twice',
      '# Support Agent',
      '1 *Said* “hm” (m)',
      '2 *Handed off* to Billing Agent “verify”',
      '# Billing Agent',
      '3 *Reported back* “refund accepted”',
      '# Support Agent again',
      '4 [I have refunded it.] / streamed, first words after 420ms 312 tokens',
    ])
  })

  it('keeps the steps of parallel agents in their own chapters', () => {
    expect(
      tell([
        { ...support, input: '' },
        { id: 'left', in: 'support', kind: 'AGENT', agent: { name: 'Left' }, at: 10, for: 50 },
        { id: 'right', in: 'support', kind: 'AGENT', agent: { name: 'Right' }, at: 11, for: 50 },
        { id: 'l', in: 'left', kind: 'TOOL', at: 13, for: 5 },
        { id: 'r', in: 'right', kind: 'TOOL', at: 12, for: 5 },
      ]),
    ).toEqual([
      '# Support Agent',
      '1 *Handed off* to Left',
      '# Left',
      '4 `l`',
      '# Support Agent again',
      '2 *Handed off* to Right',
      '# Right',
      '3 `r`',
    ])
  })
})

describe('verbs', () => {
  it('says of an agent that has done nothing yet that it runs: nobody handed off to it', () => {
    const { for: _for, ...running } = support
    expect(tell([{ ...running, input: '' }])).toEqual(['1 *Running* Support Agent'])
    expect(tell([{ ...support, input: '' }])).toEqual(['1 *Ran* Support Agent'])
  })

  it('says what a model decided, from the answer or from what ran next', () => {
    expect(
      tell([
        { ...support, input: '' },
        {
          id: 'a',
          in: 'support',
          kind: 'LLM',
          model: 'm',
          decision: { summary: 'this is a billing dispute' },
          at: 1,
          for: 1,
        },
        {
          id: 'b',
          in: 'support',
          kind: 'LLM',
          model: 'm',
          outputToolCalls: [{ name: 'get' }, { name: 'put' }],
          at: 3,
          for: 1,
        },
        { id: 'c', in: 'support', kind: 'LLM', model: 'm', at: 5, for: 1 },
        {
          id: 'd',
          in: 'support',
          kind: 'TOOL',
          tool: { name: 'list_payments', arguments: '{"customer":"c_1"}' },
          output: '[{},{}]',
          at: 7,
          for: 1,
        },
        {
          id: 'e',
          in: 'support',
          kind: 'LLM',
          model: 'm',
          status: 'error',
          errorMessage: '429 slow down',
          at: 9,
          for: 1,
        },
        { id: 'f', in: 'support', kind: 'LLM', model: 'm', output: 'ok', name: 'e', at: 11, for: 1 },
      ]).slice(1),
    ).toEqual([
      '1 *Decided* this is a billing dispute (m)',
      '2 *Decided* to call `get` and `put` (m)',
      '3 *Decided* to call `list_payments` (m)',
      '4 `list_payments` “customer c_1” returned 2 entries',
      '5 *Got no answer* (m) !429 slow down!',
      '6 [ok] (tried again)',
    ])
  })

  it('tells a failed call and the second try of it', () => {
    expect(
      tell([
        { ...support, input: '' },
        {
          id: 'a',
          in: 'support',
          kind: 'TOOL',
          tool: { name: 'refund' },
          status: 'error',
          errorMessage: '503 upstream timeout\n at x',
          at: 1,
          for: 10,
        },
        {
          id: 'b',
          in: 'support',
          kind: 'TOOL',
          tool: { name: 'refund' },
          output: '{"id":"rf_1","amount":189}',
          at: 511,
          for: 10,
        },
      ]).slice(1),
    ).toEqual([
      '1 `refund` !503 upstream timeout!',
      '2 *Tried again* `refund` after 500ms : id rf_1, amount 189',
    ])
  })

  it('does not call it a second try when the arguments are others', () => {
    const call = { in: 'support', kind: 'TOOL' as const, name: 'read_page' }
    expect(
      tell([
        { ...support, input: '' },
        { ...call, id: 'a', input: '/a', status: 'error', errorMessage: 'gone', at: 1, for: 10 },
        { ...call, id: 'b', input: '/b', at: 20, for: 10 },
      ]).slice(1),
    ).toEqual(['1 `read_page` “/a” !gone!', '2 `read_page` “/b”'])
  })

  it('shows a person and the edit in place', () => {
    const asked = { input: '{"amount":378,"currency":"EUR"}', output: '{"amount":189,"currency":"EUR"}' }
    expect(
      tell([
        { ...support, input: '' },
        {
          id: 'a',
          in: 'support',
          kind: 'APPROVAL',
          approval: { decision: 'edited', by: 'Marta Lind' },
          ...asked,
          at: 1,
          for: 1,
        },
        { id: 'b', in: 'support', kind: 'APPROVAL', approval: { decision: 'approved' }, at: 3, for: 1 },
        { id: 'c', in: 'support', kind: 'APPROVAL', input: 'refund 189', at: 5 },
      ]).slice(1),
    ).toEqual([
      '1 Marta Lind *edited* the amount -378- +189+ and let it through',
      '2 A person *approved* it',
      '3 *Waits* for a person “refund 189”',
    ])
  })

  it('tells reading and checking', () => {
    expect(
      tell([
        { ...support, input: '' },
        {
          id: 'a',
          in: 'support',
          kind: 'RETRIEVER',
          input: 'double charge',
          documents: [
            { id: 'x.md', score: 0.82 },
            { id: 'y.md', score: 0.5 },
          ],
          at: 1,
          for: 1,
        },
        {
          id: 'b',
          in: 'support',
          kind: 'GUARDRAIL',
          policy: { name: 'refund_policy', result: 'allowed' },
          at: 3,
          for: 1,
        },
      ]).slice(1),
    ).toEqual([
      '1 *Read* 2 documents for “double charge” (best 0.82, x.md)',
      '2 *Checked* refund_policy: allowed',
    ])
  })

  it('shows what streams in while the model still writes', () => {
    const lines = tell(
      [
        { ...support, input: '' },
        { id: 'a', in: 'support', kind: 'LLM', model: 'm', at: 1 },
      ],
      new Map([['a', 'I have ref']]),
    )
    expect(lines.at(-1)).toBe('1 [I have ref]')
  })
})

function tell(sketches: readonly SpanSketch[], streamed?: StreamedText): string[] {
  return buildStory(buildRunModel(makeRun(sketches)), streamed).map(line)
}

function line(entry: StoryEntry): string {
  if (entry.type === 'ask') return `asked: ${entry.text}`
  if (entry.type === 'chapter') return `# ${entry.agent.span.agent?.name}${entry.isReturn ? ' again' : ''}`
  const { parts, note } = entry.telling
  const told = parts.map(word).join(' ')
  return `${entry.node.step} ${told}${note === undefined ? '' : ` / ${note.parts.map(word).join(' ')}`}`
}

function word(part: StoryPart): string {
  if (part.as === 'duration') return `${part.ms}ms`
  const around = {
    verb: '**',
    text: '',
    code: '``',
    quote: '“”',
    aside: '()',
    fail: '!!',
    prose: '[]',
    removed: '--',
    added: '++',
  }
  const marks = around[part.as]
  return `${marks[0] ?? ''}${part.text}${marks[1] ?? ''}`
}
