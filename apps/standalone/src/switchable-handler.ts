import type { RequestListener } from 'node:http'
import { respondJson } from '@clew/runtime'

export interface SwitchableHandler {
  handler: RequestListener
  /** From now on, requests go there. */
  switchTo: (next: RequestListener) => void
}

/**
 * Lets a server listen before its parts are open, so that a taken port is found at once. Until then it answers
 * that it is starting, which OTLP senders and browsers retry.
 */
export function createSwitchableHandler(): SwitchableHandler {
  let current = answerStarting
  return {
    handler: (req, res) => current(req, res),
    switchTo: (next) => {
      current = next
    },
  }
}

const answerStarting: RequestListener = (_req, res) => {
  const error = { code: 'unavailable', message: 'Clew is starting' }
  respondJson(res, { status: 503, body: { error }, headers: { 'retry-after': '1' } })
}
