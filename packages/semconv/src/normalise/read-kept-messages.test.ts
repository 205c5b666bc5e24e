import { decodeRecording } from '@clew/testing/decode-recording'
import { listRecordings, loadRecording } from '@clew/testing/recordings'
import { expect, it } from 'vitest'
import { toWireSpan } from '../span/to-wire.ts'
import { readKeptMessages } from './read-kept-messages.ts'
import { toCanonical, toStored } from './to-canonical.ts'

it.for(listRecordings())('a stored span reads back as what was sent: %s', (id) => {
  for (const span of decodeRecording(loadRecording(id)).spans) {
    const stored = toWireSpan(toStored(span))
    expect({ ...stored, ...readKeptMessages(stored) }).toEqual(toWireSpan(toCanonical(span)))
  }
})

it('JSON messages are kept once, in the attribute that they came in', () => {
  const [id = ''] = listRecordings().filter(
    (name) => name.includes('@ai-sdk+otel') && name.includes('agent-full'),
  )
  const spans = decodeRecording(loadRecording(id)).spans.map(toStored)
  const model = spans.find((span) => span.kind === 'LLM')
  expect(model?.sources?.['inputMessages']).toBe('gen_ai.input.messages#parts')
  expect(model).not.toHaveProperty('inputMessages')
  expect(model?.input).toBeTypeOf('string')
})
