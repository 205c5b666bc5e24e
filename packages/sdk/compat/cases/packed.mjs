import { deepEqual, equal } from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import { agentSpan, setup } from '@clew/sdk'

/** The SDK as somebody installs it: every face by import and by require, and its types in both ways to resolve. */
const folder = import.meta.dirname
const require = createRequire(import.meta.url)
const { dependencies, exports } = JSON.parse(
  readFileSync(join(folder, 'node_modules/@clew/sdk/package.json'), 'utf8'),
)
deepEqual(
  Object.values(dependencies).filter((range) => range.includes(':')),
  [],
)
for (const face of Object.keys(exports)) {
  const name = `@clew/sdk${face.slice(1)}`
  deepEqual(Object.keys(require(name)).toSorted(), Object.keys(await import(name)).toSorted(), name)
}

const clew = setup({ endpoint: 'http://127.0.0.1:9', exitHooks: false, onError: () => {} })
equal(
  agentSpan({ agentId: 'support' }, () => 42),
  42,
)
equal(clew.stats().queued, 1)

const required = `const { setup, agentSpan } = require('@clew/sdk')
const clew = setup({ endpoint: 'http://127.0.0.1:9', exitHooks: false })
agentSpan({ agentId: 'support' }, () => 1)
console.log(clew.stats().queued)
process.exit(0)`
equal(execFileSync(process.execPath, ['-e', required], { cwd: folder, encoding: 'utf8' }), '1\n')

const typed = `import { agentSpan, Attr, setup } from '@clew/sdk'
import type { SetupOptions } from '@clew/sdk'
import { instrumentMcp } from '@clew/sdk/mcp'
import { ATTR_SESSION_ID } from '@clew/sdk/semconv'
export const options: SetupOptions = { serviceName: 'shop', sampling: 0.5 }
export const names: ['session.id', 'session.id'] = [Attr.SESSION_ID, ATTR_SESSION_ID]
export const result: number = agentSpan({ agentId: 'support' }, (span) => span.setInput(1).traceId.length)
// @ts-expect-error -- no such option
setup({ nope: true })
export { instrumentMcp }
`
writeFileSync(join(folder, 'typed.ts'), typed)
for (const how of [
  ['--module', 'nodenext'],
  ['--module', 'esnext', '--moduleResolution', 'bundler'],
]) {
  const flags = ['--noEmit', '--strict', '--target', 'es2022', '--types', 'node', ...how, 'typed.ts']
  const { stdout } = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), ...flags], {
    cwd: folder,
    encoding: 'utf8',
  })
  equal(stdout, '')
}
process.exit(0)
