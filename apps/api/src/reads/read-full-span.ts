import type { Run } from '@clew/domain'
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
  /** The run as a stream follows it, where one does. */
  followed?: Run | undefined
}): Promise<WireSpan | undefined> {
  const { store, project, traceId, spanId, now, followed } = options
  await store.arrivals.settled({ projectId: project.projectId, traceIds: [traceId] })
  const isIt = (span: WireSpan): boolean => span.spanId === spanId
  const told = followed?.spans.find(isIt)
  const [stored, run] = await Promise.all([
    readSpan(store, { ...project, traceId, spanId }),
    told === undefined ? readRun({ store, project, traceId, content: 'preview', now }) : undefined,
  ])
  const assembled = told === undefined ? run?.spans.find(isIt) : asOld(told, stored)
  if (stored === undefined) return assembled
  const full: WireSpan = { ...assembled, ...stored, ...pickAssembled(assembled) }
  const shown = withSources(full)
  return project.mayReadContent ? shown : hideSpanContent(shown)
}

/** A stream may not have told yet that the span ended; its place among the others is known all the same. */
function asOld(told: WireSpan, stored: WireSpan | undefined): WireSpan {
  return stored === undefined || stored.state === 'running' ? told : { ...told, state: stored.state }
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
