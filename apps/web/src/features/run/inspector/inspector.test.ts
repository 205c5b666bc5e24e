import { describe, expect, it } from 'vitest'
import { buildRunModel } from '@clew/domain/story'
import { makeRun } from '@clew/domain/testing'
import type { SpanSketch } from '@clew/domain/testing'
import { buildContext } from './build-context.ts'
import { describeCheck } from './describe-check.ts'
import { listProvenance } from './list-provenance.ts'
import { listCalledTools, listOfferedTools } from './list-tools.ts'

describe('buildContext', () => {
  it('tells the share of each role by length', () => {
    const { shares } = buildContext(
      spanOf({
        inputMessages: [
          { role: 'system', content: 'x'.repeat(60) },
          { role: 'user', content: 'x'.repeat(20) },
          { role: 'tool', content: 'x'.repeat(20) },
        ],
      }),
    )
    expect(shares.map(({ label, share }) => [label, share])).toEqual([
      ['System', 0.6],
      ['User', 0.2],
      ['Tool', 0.2],
    ])
  })
})

describe('readInstructions', () => {
  it.each([
    ['[{"type":"text","content":"Be brief."},{"type":"text","content":"Be kind."}]', 'Be brief.\nBe kind.'],
    ['Be brief.', 'Be brief.'],
    ['"Be brief."', 'Be brief.'],
    ['{"broken', '{"broken'],
  ])('puts what the system was told before the messages: %s', (sent, content) => {
    const span = spanOf({
      attributes: { 'gen_ai.system_instructions': sent },
      inputMessages: [{ role: 'user', content: 'Hi' }],
    })
    expect(buildContext(span).messages.map(({ message }) => message)).toEqual([
      { role: 'system', content },
      { role: 'user', content: 'Hi' },
    ])
  })

  it('tells it once', () => {
    const span = spanOf({
      attributes: { 'gen_ai.system_instructions': 'Be brief.' },
      inputMessages: [{ role: 'system', content: 'Be brief.' }],
    })
    expect(buildContext(span).messages).toHaveLength(1)
  })
})

describe('listProvenance', () => {
  it('names raw key and rule of each field, and what comes from an ancestor', () => {
    const span = spanOf({
      sources: { model: 'gen_ai.request.model#copied', 'usage.input': 'gen_ai.usage.input_tokens#copied' },
      model: 'm',
      usage: { input: 12 },
      sessionId: 's',
      inherited: ['sessionId'],
    })
    expect(listProvenance(span)).toEqual([
      { field: 'model', value: 'm', rawKey: 'gen_ai.request.model', how: 'copied' },
      { field: 'usage.input', value: '12', rawKey: 'gen_ai.usage.input_tokens', how: 'copied' },
      { field: 'sessionId', value: 's', rawKey: 'from an ancestor', how: 'inherited' },
    ])
  })
})

describe('describeCheck', () => {
  it('says which numbers disagree', () => {
    const numbers = { field: 'usage.input', expected: 60, found: 100, rawKey: 'k' }
    expect(describeCheck({ ...numbers, rule: 'input-parts' })).toBe(
      'Input is 100, but its uncached part and the cache make 60.',
    )
    expect(describeCheck({ ...numbers, rule: 'sent-total' })).toBe(
      'The total sent is 100, but input and output make 60.',
    )
  })
})

describe('tools', () => {
  it('reads offered tools from the attributes of several dialects', () => {
    const openai = '{"type":"function","function":{"name":"get","description":"Gets","parameters":{"a":1}}}'
    const expected = [{ name: 'get', description: 'Gets', schema: { a: 1 } }]
    expect(listOfferedTools(spanOf({ attributes: { 'llm.tools.0.tool.json_schema': openai } }))).toEqual(
      expected,
    )
    expect(listOfferedTools(spanOf({ attributes: { 'llm.tools': `[${openai}]` } }))).toEqual(expected)
    expect(listOfferedTools(spanOf({ attributes: { 'ai.prompt.tools': [openai] } }))).toEqual(expected)
    expect(listOfferedTools(spanOf({ invocationParameters: `{"tools":[${openai}]}` }))).toEqual(expected)
  })

  it('finds the span that ran a call by its id, else by name', () => {
    const sketches: SpanSketch[] = [
      { id: 'a', kind: 'AGENT', at: 0, for: 50 },
      {
        id: 'llm',
        in: 'a',
        kind: 'LLM',
        outputToolCalls: [{ id: 'c2', name: 'get' }, { name: 'put' }],
        at: 1,
        for: 1,
      },
      { id: 't1', in: 'a', kind: 'TOOL', tool: { name: 'get', callId: 'c1' }, at: 3, for: 1 },
      { id: 't2', in: 'a', kind: 'TOOL', tool: { name: 'get', callId: 'c2' }, at: 4, for: 1 },
      { id: 't3', in: 'a', kind: 'TOOL', tool: { name: 'put' }, at: 5, for: 1 },
    ]
    const model = buildRunModel(makeRun(sketches))
    const span = model.byId.get('llm')?.span
    if (span === undefined) throw new Error('no span')
    expect(listCalledTools({ span, model }).map(({ node }) => node?.id)).toEqual(['t2', 't3'])
  })
})

function spanOf(fields: Omit<SpanSketch, 'id' | 'at'>) {
  const [span] = makeRun([{ id: 's', kind: 'LLM', at: 0, for: 1, ...fields }]).spans
  if (span === undefined) throw new Error('no span')
  return span
}
