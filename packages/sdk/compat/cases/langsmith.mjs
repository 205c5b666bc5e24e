import { equal, ok } from 'node:assert/strict'
import { createServer } from 'node:http'

process.env.LANGSMITH_TRACING = 'true'
process.env.LANGSMITH_TRACING_MODE = 'otel'
process.env.LANGSMITH_API_KEY = 'k'
const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => response.end('{}'))
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
process.env.LANGSMITH_ENDPOINT = `http://127.0.0.1:${server.address().port}`

const { startRig } = await import('../../src/testing/start-rig.ts')
const { agentSpan } = await import('../../src/spans/span-functions.ts')
const langsmith = await import('langsmith/experimental/otel/setup')
const { traceable } = await import('langsmith/traceable')

const rig = await startRig({ modules: { langsmith } })
equal(rig.clew.installResults.find(({ name }) => name === 'langsmith').state, 'patched')
const inner = traceable(async (text) => text.toUpperCase(), { name: 'inner', run_type: 'tool' })
const outer = traceable(async (text) => inner(text), { name: 'outer' })
const result = await agentSpan({ agentId: 'app', sessionId: 's_1' }, async () => outer('hi'))
equal(result, 'HI')
await (
  await import('langsmith')
).Client
await new Promise((resolve) => setTimeout(resolve, 500))
await langsmith.DEFAULT_LANGSMITH_SPAN_PROCESSOR?.forceFlush?.()
const lines = await rig.tree()
ok(
  lines.some((line) => line.includes('inner')),
  lines.join('\n'),
)
ok(
  lines.some((line) => line.includes('outer')),
  lines.join('\n'),
)
equal(new Set((await rig.spans()).map((span) => span.traceId)).size, 1)
await rig.close()
server.close()
server.closeAllConnections()
