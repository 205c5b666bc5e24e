// Asks a running installation whether the main path works: a span in, the run out, pages served, strangers refused.
//   node infra/smoke.mjs <web url> <otlp url> <key with scopes ingest and read>
import { randomBytes } from 'node:crypto'

const [webUrl, otlpUrl, key] = process.argv.slice(2)
if (key === undefined) {
  console.error('usage: node infra/smoke.mjs <web url> <otlp url> <key>')
  process.exit(64)
}

const traceId = randomBytes(16).toString('hex')
const startedAt = BigInt(Date.now()) * 1_000_000n
const text = (name, value) => ({ key: name, value: { stringValue: value } })
const body = JSON.stringify({
  resourceSpans: [
    {
      resource: { attributes: [text('service.name', 'smoke')] },
      scopeSpans: [
        {
          scope: { name: 'smoke' },
          spans: [
            {
              traceId,
              spanId: randomBytes(8).toString('hex'),
              name: 'smoke',
              kind: 1,
              startTimeUnixNano: String(startedAt),
              endTimeUnixNano: String(startedAt + 5_000_000n),
              attributes: [
                text('openinference.span.kind', 'AGENT'),
                text('input.value', 'Is this thing on?'),
              ],
              status: { code: 1 },
            },
          ],
        },
      ],
    },
  ],
})

const json = { 'content-type': 'application/json' }
const withKey = { authorization: `Bearer ${key}` }
const send = (base, headers) =>
  fetch(`${base}/v1/traces`, { method: 'POST', headers: { ...json, ...headers }, body })

/** @type {[name: string, check: () => Promise<boolean>][]} */
const checks = [
  [
    'a stranger is refused',
    async () => (await send(otlpUrl, { authorization: 'Bearer nobody-knows-this-key' })).status === 401,
  ],
  ['a span is taken on the OTLP port', async () => (await send(otlpUrl, withKey)).status === 200],
  ['and on the main port', async () => (await send(webUrl, withKey)).status === 200],
  ['the run is read back', () => within(15_000, readBack)],
  ['the list knows it', () => within(15_000, isListed)],
  ['the sign-in page is served', async () => (await fetch(`${webUrl}/login`)).ok],
]

let failed = 0
for (const [name, check] of checks) {
  const passed = await check().catch((error) => {
    console.error(error.message)
    return false
  })
  if (!passed) failed += 1
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${name}`)
}
process.exitCode = failed === 0 ? 0 : 1

async function readBack() {
  const reply = await fetch(`${webUrl}/v1/traces/${traceId}?content=full`, { headers: withKey })
  if (!reply.ok) return false
  const run = await reply.json()
  return run.spans.length === 1 && run.spans[0].input === 'Is this thing on?'
}

async function isListed() {
  const reply = await fetch(`${webUrl}/v1/traces?limit=20`, { headers: withKey })
  if (!reply.ok) return false
  const { items } = await reply.json()
  return items.some((item) => item.traceId === traceId)
}

async function within(ms, check) {
  const deadline = Date.now() + ms
  for (;;) {
    if (await check()) return true
    if (Date.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
