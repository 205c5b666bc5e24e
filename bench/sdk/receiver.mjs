import { createServer } from 'node:http'

/** Takes everything at once, in a process of its own, so that its work isn't counted. */
const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('{"partialSuccess":{}}')
  })
})
server.listen(0, '127.0.0.1', () => process.send(server.address().port))
process.on('disconnect', () => process.exit(0))
