import { deepEqual, equal } from 'node:assert/strict'

import * as clientModule from '@modelcontextprotocol/client'
import * as serverModule from '@modelcontextprotocol/server'
import { z } from 'zod'

import { agentSpan, manualSpan } from '../../src/spans/span-functions.ts'
import { startRig } from '../../src/testing/start-rig.ts'

const rig = await startRig({ modules: { mcp: [clientModule, serverModule] } })
const server = new serverModule.McpServer({ name: 'shop', version: '1.0.0' })
server.registerTool(
  'lookup',
  { description: 'd', inputSchema: z.object({ id: z.number() }) },
  async ({ id }) =>
    manualSpan({ spanName: 'db' }, async () => ({ content: [{ type: 'text', text: `order ${id}` }] })),
)
const { InMemoryTransport } = serverModule
const [near, far] = InMemoryTransport.createLinkedPair()
const client = new clientModule.Client({ name: 'test', version: '1.0.0' })
await Promise.all([server.connect(far), client.connect(near)])
const result = await agentSpan({ agentId: 'a' }, async () =>
  client.callTool({ name: 'lookup', arguments: { id: 42 } }),
)
equal(result.content[0].text, 'order 42')
deepEqual(await rig.tree(), ['a [AGENT]', '  lookup [TOOL]', '    lookup [TOOL]', '      db [CHAIN]'])
await client.close()
await rig.close()
