import { parseOrganisationId, parseProjectId } from '@clew/domain'
import type { InsertBatch } from '@clew/store'
import { buildSpan } from '@clew/store/testing'
import { expect, test } from 'vitest'
import { toFeedEntries } from './to-feed-entries.ts'

const organisationId = parseOrganisationId('11111111-1111-4111-8111-111111111111')
const ours = parseProjectId('22222222-2222-4222-8222-222222222222')
const theirs = parseProjectId('33333333-3333-4333-8333-333333333333')
if (organisationId === undefined || ours === undefined || theirs === undefined) throw new Error('bad ids')

const ownerOf = (projectId: typeof ours) => ({
  organisationId,
  projectId,
  retention: { metadataDays: 30, contentDays: 30 } as const,
  receivedAtMs: 0,
})
const log = { timeUnixNano: '1', attributes: {}, resource: {}, scope: '' }
const empty: InsertBatch = { token: 't', spans: [], logs: [], runEvents: [], scores: [] }

test('each project is told of its traces and sessions once, of spans and of logs apart', () => {
  const entries = toFeedEntries({
    ...empty,
    spans: [
      { owner: ownerOf(ours), span: buildSpan({ traceId: 'a', sessionId: 's' }) },
      { owner: ownerOf(ours), span: buildSpan({ traceId: 'a', sessionId: 's' }) },
      { owner: ownerOf(theirs), span: buildSpan({ traceId: 'b' }) },
    ],
    logs: [
      { owner: ownerOf(ours), log: { ...log, traceId: 'a' } },
      { owner: ownerOf(ours), log },
    ],
  })
  expect(entries).toEqual([
    { projectId: ours, kind: 'span', traceIds: ['a'], sessionIds: ['s'] },
    { projectId: theirs, kind: 'span', traceIds: ['b'], sessionIds: [] },
    { projectId: ours, kind: 'log', traceIds: ['a'], sessionIds: [] },
  ])
})

test('a batch of log records without a trace tells nobody', () => {
  expect(toFeedEntries({ ...empty, logs: [{ owner: ownerOf(ours), log }] })).toEqual([])
})
