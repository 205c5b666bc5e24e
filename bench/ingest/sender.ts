import { copyPayload, payloadNames, readPayload, traceIdsOf } from './payloads.ts'

// Sends a payload again and again, each time in new traces, four requests at once.
const [url = '', key = '', wanted, count = '1'] = process.argv.slice(2)
const name = payloadNames.find((known) => known === wanted)
if (name === undefined) throw new Error(`no payload is called ${wanted}`)
const { body: template } = readPayload(name)
const traceIds = traceIdsOf(template)
const bodies = Array.from({ length: Number(count) }, () => copyPayload({ body: template, traceIds }))

await Promise.all(
  Array.from({ length: 4 }, async () => {
    for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
      const reply = await fetch(`${url}/v1/traces`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-protobuf',
          'content-encoding': 'gzip',
          authorization: `Bearer ${key}`,
        },
        body: new Uint8Array(body),
      })
      if (reply.status !== 200) throw new Error(`${reply.status} ${await reply.text()}`)
      const text = await reply.arrayBuffer()
      if (text.byteLength > 0) throw new Error(`rejected in part: ${Buffer.from(text).toString()}`)
    }
  }),
)
