import * as clientModule from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import * as serverModule from '@modelcontextprotocol/sdk/server/index.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

import { agentSpan, manualSpan } from '../../spans/span-functions.ts'
import { startRig } from '../../testing/start-rig.ts'
import type { Rig } from '../../testing/start-rig.ts'
import { instrumentMcp } from './index.ts'

let rig: Rig
let client: clientModule.Client
let seenMeta: unknown

beforeAll(async () => {
  rig = await startRig({ modules: { mcp: [clientModule, serverModule] } })
  const server = new McpServer({ name: 'shop', version: '1.0.0' })
  server.registerTool(
    'lookup',
    { description: 'd', inputSchema: { id: z.number() } },
    async ({ id }, extra) => {
      seenMeta = Reflect.get(extra, '_meta')
      return await manualSpan({ spanName: 'db' }, async () => {
        await Promise.resolve()
        return id === 0
          ? { isError: true, content: [{ type: 'text' as const, text: 'no such order' }] }
          : { content: [{ type: 'text' as const, text: `order ${id}` }] }
      })
    },
  )
  const [near, far] = InMemoryTransport.createLinkedPair()
  client = new clientModule.Client({ name: 'test', version: '1.0.0' })
  await Promise.all([server.connect(far), client.connect(near)])
})
afterEach(() => rig.clear())
afterAll(async () => {
  await client.close()
  await rig.close()
})

test('client and server of a call are one trace, whatever carries the messages', async () => {
  const result = await agentSpan(
    { agentId: 'a', sessionId: 's_1' },
    async () => await client.callTool({ name: 'lookup', arguments: { id: 42 } }),
  )
  expect(result.content).toEqual([{ type: 'text', text: 'order 42' }])
  expect(await rig.tree()).toEqual(['a [AGENT]', '  lookup [TOOL]', '    lookup [TOOL]', '      db [CHAIN]'])
  const [near] = (await rig.spans()).filter((span) => span.name === 'lookup')
  expect(near?.attributes).toMatchObject({
    'mcp.method.name': 'tools/call',
    'clew.tool.mcp_server': 'shop',
    'input.value': '{"id":42}',
    'output.value': 'order 42',
    'session.id': 's_1',
  })
  expect(seenMeta).toMatchObject({ traceparent: expect.stringMatching(/^00-/) as unknown })
})

test('a tool that says it failed has failed, and the answer stays as it is', async () => {
  const result = await client.callTool({ name: 'lookup', arguments: { id: 0 } })
  expect(result.isError).toBe(true)
  expect((await rig.tree()).filter((line) => line.includes('failed'))).toHaveLength(2)
})

test('what the protocol does for itself leaves no spans', async () => {
  await client.listTools()
  await client.ping()
  expect(await rig.tree()).toEqual([])
})

test('only modules with something to patch count as recorded', () => {
  expect(instrumentMcp(clientModule)).toMatchObject({ state: 'patched' })
  expect(instrumentMcp({ McpServer })).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('server/index.js') as unknown,
  })
})
