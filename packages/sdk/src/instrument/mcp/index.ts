import type { InstallResult } from '../shared/install-result.ts'
import { toTracer } from '../shared/to-tracer.ts'
import type { TracingInput } from '../shared/to-tracer.ts'
import { installMcpInstrumentation } from './install.ts'

export { installMcpInstrumentation } from './install.ts'
export type { InstallResult } from '../shared/install-result.ts'

/** Records MCP; takes the client's or the server's module of `@modelcontextprotocol/sdk`. */
export function instrumentMcp(module: unknown, tracing?: TracingInput): InstallResult {
  return installMcpInstrumentation(module, toTracer(tracing))
}
