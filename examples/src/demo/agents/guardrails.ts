import { manualSpan } from '@clew/sdk'

import { pause } from '../shop/pause.ts'
import type { RefundReceipt } from '../shop/refunds-api.ts'

/** What a guardrail says when it stops something. */
export class GuardrailError extends Error {
  override readonly name = 'GuardrailError'
}

/** Policy 7: support may ask for a refund; over EUR 150 a person approves it. */
export async function checkRefundPolicy(args: { question: string }): Promise<void> {
  await manualSpan(
    { spanName: 'refund_policy 7', spanKind: 'GUARDRAIL', input: args.question },
    async (span) => {
      await pause(31)
      span.recordPolicy({ name: 'refund_policy 7', result: 'allow' })
      span.setOutput('allowed, a person approves over EUR 150')
    },
  )
}

/** Policy 3: what belongs to another customer is held back. */
export async function checkPrivacyPolicy(args: { order: unknown }): Promise<void> {
  await manualSpan(
    { spanName: 'privacy_policy 3', spanKind: 'GUARDRAIL', input: args.order },
    async (span) => {
      await pause(22)
      span.recordPolicy({ name: 'privacy_policy 3', result: 'hold back' })
      span.setOutput('name, address and contents held back')
    },
  )
}

/** Compares the orders that the answer names with those that were refunded; says what is wrong, if anything. */
export async function checkAnswer(args: {
  answer: string
  refunds: readonly RefundReceipt[]
}): Promise<string | undefined> {
  const { answer, refunds } = args
  return await manualSpan(
    { spanName: 'answer_check', spanKind: 'GUARDRAIL', input: answer },
    async (span) => {
      await pause(330)
      const named: string[] = answer.match(/HO-\d{5}/g) ?? []
      const wrong = refunds.find(({ orderId }) => named.length > 0 && !named.includes(orderId))
      if (wrong === undefined) {
        span
          .recordPolicy({ name: 'answer_check', result: 'pass' })
          .setOutput('the answer agrees with what was done')
        return undefined
      }
      const problem = `the answer names ${named.join(', ')}, the tool refunded ${wrong.orderId}`
      span
        .recordPolicy({ name: 'answer_check', result: 'fail' })
        .setOutput(problem)
        .recordError(new GuardrailError(problem))
      return problem
    },
  )
}
