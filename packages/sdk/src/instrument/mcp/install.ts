import type { Tracer } from '@opentelemetry/api'

import { isMethod, member, prototypeOf } from '../shared/foreign.ts'
import { installSafely, installed, notInstalled } from '../shared/install-result.ts'
import type { InstallResult } from '../shared/install-result.ts'
import { patchMethod } from '../shared/patch-method.ts'
import { wrapRequest } from './client.ts'
import { wrapOnRequest } from './server.ts'

const name = 'mcp'

/** Records MCP on the side that the module is: one with `Client`, with `Server`, or with `McpServer`. */
export function installMcpInstrumentation(module: unknown, tracer?: Tracer): InstallResult {
  return installSafely(name, () => {
    const client = prototypeOf(module, 'Client')
    const server = prototypeOf(module, 'Server')
    const isClient =
      client !== undefined &&
      patchInherited({
        prototype: client,
        name: 'request',
        wrap: (original) => wrapRequest(original, tracer),
      })
    const isServer =
      server !== undefined &&
      patchInherited({
        prototype: server,
        name: '_onrequest',
        wrap: (original) => wrapOnRequest(original, tracer),
      })
    if (isClient || isServer) return installed(name)
    const reason = isMethod(member(module, 'McpServer'))
      ? 'McpServer hands its work to Server: pass the module @modelcontextprotocol/sdk/server/index.js'
      : 'this is not a client or server module of @modelcontextprotocol/sdk'
    return notInstalled({ name, reason })
  })
}

/** The method is inherited from what client and server share; it is patched on the one class alone. */
function patchInherited(args: Parameters<typeof patchMethod>[0]): boolean {
  return isMethod(member(args.prototype, args.name)) && patchMethod(args)
}
