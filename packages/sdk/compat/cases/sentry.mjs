import { deepEqual, equal, ok } from 'node:assert/strict'
import { createServer } from 'node:http'

import * as Sentry from '@sentry/node'

import { agentSpan, manualSpan } from '../../src/spans/span-functions.ts'
import { startRig } from '../../src/testing/start-rig.ts'

/**
 * One trace, nothing twice, and what people said is not Sentry's, whoever starts first (`after`: Sentry comes after
 * `setup`). Sentry's recent versions keep spans of their own kind (`beside`): each tells its own.
 */
const isAfter = process.argv.includes('after')
const isBeside = process.argv.includes('beside')
const envelopes = []
const server = createServer((request, response) => {
  let text = ''
  request.on('data', (part) => (text += part))
  request.on('end', () => {
    envelopes.push(text)
    response.end('{}')
  })
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const startSentry = () =>
  Sentry.init({ dsn: `http://k@127.0.0.1:${server.address().port}/1`, tracesSampleRate: 1 })
if (!isAfter) startSentry()
const rig = await startRig()
if (isAfter) startSentry()

await Sentry.startSpan({ name: 'POST /chat' }, async () => {
  await agentSpan({ agentId: 'support', sessionId: 's_1' }, async (span) => {
    span.setInput('a secret prompt')
    await manualSpan({ spanName: 'lookup', spanKind: 'TOOL' }, async () => {})
  })
})
await Sentry.flush(2000)

const ours = ['support [AGENT]', '  lookup [TOOL]']
deepEqual(await rig.tree(), isBeside ? ours : ['POST /chat [-]', ...ours.map((line) => `  ${line}`)])
equal(rig.sink.all().length, isBeside ? 2 : 3)
equal(rig.sink.span('support').attributes['input.value'], 'a secret prompt')
const told = envelopes.join('')
ok(told.includes('POST /chat'), 'Sentry has its transaction')
equal(told.includes('support'), !isBeside, 'Sentry has what its provider has')
ok(!told.includes('a secret prompt'), 'Sentry has no content')
await rig.close()
server.close()
server.closeAllConnections()
process.exit(0)
