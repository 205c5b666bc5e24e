import { createServer } from 'node:http'
import { gunzipSync } from 'node:zlib'

/** Takes 50 ms for each request and counts the finished spans in it; says so when it is asked. */
const replyMs = 50
const ids = new Set()
let finished = 0
let requests = 0
const server = createServer((request, response) => {
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    requests += 1
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end('{"partialSuccess":{}}')
    }, replyMs)
    const raw = Buffer.concat(parts)
    count(JSON.parse(request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw))
  })
})
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
process.on('message', () => process.send({ requests, finished, distinct: ids.size }))
process.on('disconnect', () => process.exit(0))

function count({ resourceSpans = [] }) {
  const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
  for (const { spanId, endTimeUnixNano } of spans) {
    // Start markers have no end.
    if (endTimeUnixNano === '0') continue
    finished += 1
    ids.add(spanId)
  }
}
