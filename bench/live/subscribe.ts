import { connect } from 'node:net'

/** Holds many open streams and counts what is delivered on them; answers `count` with the sum so far. */
const [port = '', path = '', key = '', wanted = '0'] = process.argv.slice(2)
const count = Number(wanted)
const request = `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/event-stream\r\nauthorization: Bearer ${key}\r\n\r\n`
const mark = Buffer.from('event: delta\n')
let delivered = 0
let opened = 0
let ended = 0

let asked = 0
function open(): void {
  if (asked >= count) return
  asked += 1
  const socket = connect(Number(port), '127.0.0.1')
  let isFirst = true
  socket.on('connect', () => socket.write(request))
  socket.on('data', (chunk) => {
    if (isFirst) {
      isFirst = false
      opened += 1
      if (opened === count) process.send?.({ opened })
      open()
    }
    for (let at = chunk.indexOf(mark); at !== -1; at = chunk.indexOf(mark, at + mark.length)) delivered += 1
  })
  socket.on('error', () => {})
  socket.on('close', () => (ended += 1))
}

for (let index = 0; index < 50; index += 1) open()
process.on('message', (message) => {
  if (message === 'count') process.send?.({ delivered, ended })
})
