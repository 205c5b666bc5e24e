import { equal, ok } from 'node:assert/strict'

import * as livekitAgents from '@livekit/agents'

import { agentSpan } from '../../src/spans/span-functions.ts'
import { startRig } from '../../src/testing/start-rig.ts'

const rig = await startRig({ modules: { livekitAgents } })
equal(rig.clew.installResults.find(({ name }) => name === 'livekitAgents').state, 'patched')
await agentSpan({ agentId: 'app', sessionId: 's_1' }, async () => {
  await livekitAgents.telemetry.tracer.startActiveSpan(
    async (span) => span.setAttribute('lk.user_input', 'hi'),
    { name: 'agent_turn' },
  )
})
const lines = await rig.tree()
ok(
  lines.some((line) => line.startsWith('  agent_turn')),
  lines.join('\n'),
)
equal(rig.sink.span('agent_turn').attributes['session.id'], 's_1')
await rig.close()
process.exit(0)
