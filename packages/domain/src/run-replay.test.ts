import { expect, test } from 'vitest'
import { RunReplay } from './run-replay.ts'
import { makeRun } from './testing/make-run.ts'

const usage = { input: 10, output: 2, total: 12 }

function makeReplay() {
  const run = makeRun([
    { id: 'root', kind: 'AGENT', at: 0, for: 1000, output: 'done' },
    { id: 'first', in: 'root', kind: 'LLM', at: 100, for: 200, usage, output: 'think' },
    { id: 'second', in: 'root', kind: 'TOOL', at: 400, for: 300, status: 'error' },
  ])
  return { run, replay: new RunReplay(run) }
}

const standing = (replay: RunReplay, ms: number) =>
  replay.at(ms).spans.map((span) => `${span.spanId} ${span.state}`)

test('at each moment only what had begun is there, and only what had ended has its outcome', () => {
  const { replay } = makeReplay()
  expect(standing(replay, 0)).toEqual(['root running'])
  expect(standing(replay, 150)).toEqual(['root running', 'first running'])
  expect(replay.at(150).spans[1]).not.toHaveProperty('output')
  expect(standing(replay, 350)).toEqual(['root running', 'first ended'])
  expect(standing(replay, 500)).toEqual(['root running', 'first ended', 'second running'])
})

test('tokens are those of what had ended by then', () => {
  const { replay } = makeReplay()
  expect(replay.at(150).trace.usage?.total ?? 0).toBe(0)
  expect(replay.at(350).trace).toMatchObject({ status: 'running', spanCount: 2, errorCount: 0, usage })
  expect(replay.at(900).trace).toMatchObject({ errorCount: 1, spanCount: 3 })
})

test('going back and forth gives the same as going there at once, and the end is the run itself', () => {
  const { run, replay } = makeReplay()
  replay.at(900)
  expect(replay.at(150)).toEqual(makeReplay().replay.at(150))
  const end = replay.at(5000)
  expect(end).toMatchObject({ endReason: 'completed', trace: run.trace })
  expect(end.spans).toEqual(run.spans)
})

const piece = (atMs: number, deltaSeq: number, text: string, channel = 'text') => ({
  spanId: 'first',
  timeUnixNano: String((1_795_183_331_000n + BigInt(atMs)) * 1_000_000n),
  eventName: 'clew.delta',
  attributes: { 'clew.delta.seq': deltaSeq, 'clew.delta.text': text, 'clew.delta.channel': channel },
  resource: {},
  scope: '@clew/sdk',
})

test('a streamed answer is written again as it was, until the end says it whole', () => {
  const { run } = makeReplay()
  // Two pieces of one moment out of their order, one that was sent when the span had ended, one of no known span.
  const logs = [
    piece(150, 0, 'Where '),
    piece(200, 2, '{"id":', 'arguments'),
    piece(200, 1, 'is it?'),
    piece(320, 3, '42}', 'arguments'),
    { ...piece(150, 0, 'nowhere'), spanId: 'gone' },
  ]
  const replay = new RunReplay({ ...run, logs })
  const written = (ms: number) => {
    const { text, arguments: called } = replay.at(ms).streamed.get('first') ?? {}
    return [text, called]
  }
  expect(written(120)).toEqual([undefined, undefined])
  expect(written(160)).toEqual(['Where ', ''])
  expect(written(250)).toEqual(['Where is it?', '{"id":'])
  expect(written(310)).toEqual([undefined, undefined])
  expect(replay.at(160).streamed.size).toBe(1)
  expect(replay.at(5000).streamed.size).toBe(0)
  expect(new Set(replay.at(5000).logs)).toEqual(new Set(logs))
})
