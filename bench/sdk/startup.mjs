import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Import and set-up in a fresh process; prints CPU milliseconds. */
const { name, sdkFolder, peerFolder } = JSON.parse(process.argv[2])
const entry =
  name === 'clew'
    ? join(sdkFolder, 'dist/index.js')
    : createRequire(join(peerFolder, 'package.json')).resolve('@inference/tracing')
const before = process.cpuUsage()
const startedAt = performance.now()
const { setup } = await import(pathToFileURL(entry))
await setup({ endpoint: 'http://127.0.0.1:9', serviceName: 'startup' })
const { user, system } = process.cpuUsage(before)
process.stdout.write(JSON.stringify({ cpuMs: (user + system) / 1000, wallMs: performance.now() - startedAt }))
process.exit(0)
