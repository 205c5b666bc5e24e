import type { WireSpan } from '@clew/semconv/span'
import { describe, expect, it } from 'vitest'
import { assembleTrace } from './assemble-trace.ts'
import { makeSpan } from './testing/make-span.ts'

function byId(spans: readonly WireSpan[], id: string): WireSpan {
  const found = spans.find((span) => span.spanId === id)
  if (found === undefined) throw new Error(`no span ${id}`)
  return found
}

describe('duplicates', () => {
  it('counts a model call once that two layers record', () => {
    const usage = { input: 100, output: 10, total: 110 }
    const { trace, spans } = assembleTrace({
      spans: [
        makeSpan({ id: 'outer', kind: 'LLM', start: 1, end: 9, model: 'm', usage }),
        makeSpan({
          id: 'inner',
          parent: 'outer',
          kind: 'LLM',
          start: 2,
          end: 8,
          model: 'm',
          usage,
          dialect: 'anthropic-sdk',
        }),
      ],
    })
    expect(byId(spans, 'inner').duplicateOf).toBe('outer')
    expect(trace).toMatchObject({ usage, llmCount: 1, spanCount: 2 })
  })

  it('counts it once too where the two stand beside each other, each copy with an original of its own', () => {
    const usage = { input: 100, output: 10, total: 110 }
    const call = { kind: 'LLM' as const, parent: 'chain', usage }
    const native = { ...call, dialect: 'anthropic-sdk' }
    const { trace, spans } = assembleTrace({
      spans: [
        makeSpan({ id: 'chain', kind: 'CHAIN', start: 0, end: 40 }),
        makeSpan({ ...call, id: 'first', start: 1, end: 9 }),
        makeSpan({ ...native, id: 'first native', start: 2, end: 8 }),
        makeSpan({ ...native, id: 'alone', start: 12, end: 18 }),
        makeSpan({ ...call, id: 'second', start: 21, end: 29 }),
        makeSpan({ ...native, id: 'second native', start: 22, end: 28 }),
      ],
    })
    expect(
      spans.flatMap(({ spanId, duplicateOf }) => (duplicateOf === undefined ? [] : [[spanId, duplicateOf]])),
    ).toEqual([
      ['first native', 'first'],
      ['second native', 'second'],
    ])
    expect(trace).toMatchObject({ llmCount: 3, usage: { input: 300, output: 30 } })
  })

  it('counts an MCP tool call once whatever lies between its two sides, and below the tool that made it', () => {
    const attributes = { 'mcp.method.name': 'tools/call' }
    const tool = { kind: 'TOOL' as const, tool: { name: 'get_weather' } }
    const { trace, spans } = assembleTrace({
      spans: [
        makeSpan({ ...tool, id: 'tool', start: 0, end: 10 }),
        makeSpan({
          ...tool,
          id: 'client',
          parent: 'tool',
          start: 1,
          end: 9,
          attributes,
          otlp: { kind: 3, statusCode: 0 },
        }),
        makeSpan({ id: 'POST', parent: 'client', kind: 'UNKNOWN', start: 2, end: 8 }),
        makeSpan({ id: 'POST /mcp', parent: 'POST', kind: 'UNKNOWN', start: 3, end: 7 }),
        makeSpan({
          ...tool,
          id: 'server',
          parent: 'POST /mcp',
          start: 4,
          end: 6,
          attributes,
          otlp: { kind: 2, statusCode: 0 },
        }),
        makeSpan({ id: 'inner', parent: 'server', kind: 'TOOL', start: 5, end: 6, tool: { name: 'other' } }),
      ],
    })
    expect(byId(spans, 'client').duplicateOf).toBe('tool')
    expect(byId(spans, 'server').duplicateOf).toBe('client')
    expect(trace.toolCount).toBe(2)
  })

  it('counts an MCP tool call once that client and server record', () => {
    const attributes = { 'mcp.method.name': 'tools/call' }
    const { trace, spans } = assembleTrace({
      spans: [
        makeSpan({
          id: 'client',
          kind: 'TOOL',
          start: 1,
          end: 9,
          attributes,
          otlp: { kind: 3, statusCode: 0 },
        }),
        makeSpan({
          id: 'server',
          parent: 'client',
          kind: 'TOOL',
          start: 2,
          end: 8,
          attributes,
          otlp: { kind: 2, statusCode: 0 },
        }),
      ],
    })
    expect(byId(spans, 'server').duplicateOf).toBe('client')
    expect(trace.toolCount).toBe(1)
  })
})
