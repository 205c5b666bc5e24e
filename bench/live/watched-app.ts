import { subscribe } from 'node:diagnostics_channel'
import { agentSpan, manualSpan, setup } from '@clew/sdk'

// An app on the real SDK, in which work starts at random moments; says of each piece when it did, and of each request
// when it left. `steps` are parts of one run, `runs` are runs of their own with one running step each.
const [endpoint = '', token = '', mode = 'steps', wanted = '0', markerMs = ''] = process.argv.slice(2)
const live = markerMs === '' ? true : { markerMs: Number(markerMs) }
const clew = setup({ endpoint, token, serviceName: 'watched', autoInstrument: false, live })
subscribe('http.client.request.start', () => process.send?.({ sentAt: Date.now() }))
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function step(name: string): Promise<void> {
  const startedAt = Date.now()
  await manualSpan({ spanName: name, spanKind: 'TOOL' }, async ({ traceId }) => {
    process.send?.({ name, startedAt, traceId })
    await wait(1500)
  })
}

async function work(start: (name: string) => Promise<void>): Promise<void> {
  const pieces: Promise<void>[] = []
  for (let number = 1; number <= Number(wanted); number += 1) {
    await wait(150 + Math.random() * 300)
    pieces.push(start(`${mode}-${number}-`))
  }
  await Promise.all(pieces)
}

if (mode === 'runs') await work((name) => agentSpan({ agentId: 'watched' }, () => step(name)))
else {
  await agentSpan({ agentId: 'watched', agentName: 'Watched agent' }, async (span) => {
    process.send?.({ traceId: span.traceId })
    await new Promise((resolve) => process.once('message', resolve))
    await work(step)
  })
}
await clew.shutdown()
process.disconnect()
