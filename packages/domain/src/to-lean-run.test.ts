import { listRecordings, loadRecording } from '@clew/testing/recordings'
import { expect, it } from 'vitest'
import { deriveTasks } from './derive-tasks.ts'
import type { Run } from './run.ts'
import { buildRunModel } from './story/build-run-model.ts'
import { buildStory } from './story/build-story.ts'
import { assembleRecording } from './testing/compare-recording.ts'
import { toLeanEvent, toLeanRun } from './to-lean-run.ts'
import { toReplayEvents } from './to-replay-events.ts'

it.for(listRecordings())('tells the same story without what is looked at a span at a time: %s', (id) => {
  const { traces, spans } = assembleRecording(loadRecording(id))
  for (const trace of traces) {
    const run: Run = { trace, spans: spans.filter((span) => span.traceId === trace.traceId), logs: [] }
    const lean = toLeanRun(run)
    expect(storyOf(lean)).toEqual(storyOf(run))
    expect(toReplayEvents(lean)).toEqual(toReplayEvents(run).map(toLeanEvent))
    expect(deriveTasks(lean)).toEqual(deriveTasks(run))
  }
})

/** What the page of a run says; the spans themselves stand by their ids. */
function storyOf(run: Run): unknown {
  return JSON.parse(JSON.stringify(buildStory(buildRunModel(run)), asIds))
}

function asIds(_key: string, value: unknown): unknown {
  return isNode(value) ? value.id : value
}

function isNode(value: unknown): value is { id: string } {
  return typeof value === 'object' && value !== null && 'span' in value && 'duplicates' in value
}
