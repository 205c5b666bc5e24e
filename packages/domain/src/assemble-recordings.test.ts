import { listRecordings, loadRecording } from '@clew/testing/recordings'
import { expect, it } from 'vitest'
import { compareRecording } from './testing/compare-recording.ts'

it.for(listRecordings())('finds what is on the wire: %s', (id) => {
  const { differences } = compareRecording(loadRecording(id))
  expect(differences).toEqual([])
})
