import { mkdirSync } from 'node:fs'
import { openHttpFront } from '@clew/store/testing'

const [directory = '', port = '0', delayMs = '0'] = process.argv.slice(2)
mkdirSync(directory, { recursive: true })
const front = await openHttpFront({ directory, port: Number(port), delayMs: Number(delayMs) })
process.stdout.write(`front listens on ${front.url}\n`)
process.on('SIGTERM', () => void front.close().then(() => process.exit(0)))
