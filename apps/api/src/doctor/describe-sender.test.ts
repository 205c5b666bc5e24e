import type { Sender } from '@clew/store'
import { expect, test } from 'vitest'
import { describeSender } from './describe-sender.ts'

const sender: Sender = {
  serviceName: 'support',
  sdkName: '@clew/sdk',
  sdkVersion: '0.1.0',
  sdkLanguage: 'nodejs',
  dialects: ['clew'],
  spanCount: 12,
  plainCount: 0,
  lastReceivedAtMs: 0,
}

test('a sender that is well says how much it sent', () => {
  expect(describeSender(sender, [])).toEqual({ status: 'ok', detail: '12 spans' })
  expect(describeSender({ ...sender, plainCount: 2 }, [])).toEqual({
    status: 'ok',
    detail: '12 spans, 2 of them plain OpenTelemetry',
  })
})

test('a clock that is off, spans that say nothing and a missing name each come with what to do', () => {
  const skewed = [{ serviceName: 'support', aheadMs: 120_000, spanCount: 12 }]
  expect(describeSender(sender, skewed)).toMatchObject({
    status: 'warning',
    detail: 'support is at least 2 minutes ahead',
  })
  for (const ill of [{ plainCount: 12 }, { serviceName: '' }, { serviceName: 'unknown_service:node' }]) {
    const { status, advice } = describeSender({ ...sender, ...ill }, [])
    expect(status).toBe('warning')
    expect(advice).toBeDefined()
  }
})

test('the clock of another service is no matter', () => {
  const skewed = [{ serviceName: 'worker', aheadMs: 120_000, spanCount: 12 }]
  expect(describeSender(sender, skewed).status).toBe('ok')
})
