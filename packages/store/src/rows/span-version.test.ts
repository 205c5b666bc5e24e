import type { CanonicalSpan } from '@clew/semconv/span'
import { expect, test } from 'vitest'
import { buildSpan } from '../testing/build-span.ts'
import { spanVersion } from './span-version.ts'

const running = (snapshot?: number): CanonicalSpan =>
  buildSpan({
    state: 'running',
    attributes: snapshot === undefined ? {} : { 'clew.span.snapshot': snapshot },
    events: [{ name: 'clew.task.status', timeUnixNano: '1', attributes: {} }],
  })
const versionOf = (span: CanonicalSpan, receivedAtMs = 1_795_183_331_000) =>
  spanVersion({ span, receivedAtMs, index: 0 })

test('a numbered snapshot beats a start that has events already, and an older number that came late', () => {
  expect(versionOf(running(1))).toBeGreaterThan(versionOf(running()))
  expect(versionOf(running(2))).toBeGreaterThan(versionOf(running(1), 1_795_183_399_000))
  expect(versionOf(buildSpan({ state: 'lost' }))).toBeGreaterThan(versionOf(running(2_000_000_000)))
})

test('without numbers the later receipt wins', () => {
  expect(versionOf(running(), 1_795_183_331_001)).toBeGreaterThan(versionOf(running()))
})
