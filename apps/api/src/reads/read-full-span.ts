import type { WireSpan } from '@clew/semconv/span'
import { readSpan, type Store } from '@clew/store'
import type { ProjectScope } from '../project-scope.ts'
import { hideSpanContent } from './hide-content.ts'
import { readRun } from './read-run.ts'
import { withSources } from './with-sources.ts'

/**
 * One span with all of its content, and with what only assembly knows (its parent, what it inherits, what logs
 * joined to it), so that it says the same here as in its run.
 */
export async function readFullSpan(options: {
  store: Store
  project: ProjectScope
  traceId: string
  spanId: string
  now: number
}): Promise<WireSpan | undefined> {
  const { store, project, traceId, spanId, now } = options
  const [stored, run] = await Promise.all([
    readSpan(store, { ...project, traceId, spanId }),
    readRun({ store, project, traceId, content: 'preview', now }),
  ])
  const assembled = run?.spans.find((span) => span.spanId === spanId)
  if (stored === undefined) return assembled
  const full: WireSpan = { ...assembled, ...stored, ...pickAssembled(assembled) }
  const shown = withSources(full)
  return project.mayReadContent ? shown : hideSpanContent(shown)
}

/** Facts that assembly decides over what the span itself said. */
function pickAssembled(span: WireSpan | undefined): Partial<WireSpan> {
  if (span === undefined) return {}
  const { parentSpanId, state, duplicateOf, inherited, parentMissing, clockSkew, sources } = span
  return {
    state,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    ...(duplicateOf === undefined ? {} : { duplicateOf }),
    ...(inherited === undefined ? {} : { inherited }),
    ...(parentMissing === undefined ? {} : { parentMissing }),
    ...(clockSkew === undefined ? {} : { clockSkew }),
    ...(sources === undefined ? {} : { sources }),
  }
}
