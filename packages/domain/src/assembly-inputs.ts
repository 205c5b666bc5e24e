import { ATTR_CLEW_SPAN_HEARTBEAT_MS } from '@clew/semconv/attributes'

export const mcpMethodName = 'mcp.method.name'

/**
 * Of a span's attributes and sources what `assembleTrace` decides by; the others it carries as they are. Whoever
 * wants no more than the summary may leave those out.
 */
export const assemblyInputs = {
  attributes: [mcpMethodName, ATTR_CLEW_SPAN_HEARTBEAT_MS],
  sources: ['output'],
  /** Fields and groups of fields that neither assembly nor a summary looks at. */
  unread: new Set([
    'scopeVersion',
    'serviceVersion',
    'normaliserVersion',
    'statusMessage',
    'task',
    'workflow',
    'prompt',
    'decision',
    'policy',
    'approval',
    'budget',
  ]) as ReadonlySet<string>,
} as const
