import type { ToolUseBlock } from '@anthropic-ai/sdk/resources/messages'
import { manualSpan } from '@clew/sdk'

import { pause } from '../shop/pause.ts'
import { RefundServiceError } from '../shop/refunds-api.ts'
import type { RefundReceipt, RefundRequest } from '../shop/refunds-api.ts'
import type { DemoContext } from './demo-context.ts'
import { readNumber, readText } from './read-arguments.ts'

const approvalLimit = 150

/** Refunds a payment: a person looks at larger amounts, and a failing service gets a second try. */
export async function refundOrder(args: { context: DemoContext; call: ToolUseBlock }): Promise<string> {
  const { context, call } = args
  const proposed: RefundRequest = {
    orderId: readText(call.input, 'order_id'),
    paymentId: readText(call.input, 'payment_id'),
    amount: readNumber(call.input, 'amount'),
    currency: readText(call.input, 'currency'),
  }
  return await manualSpan(
    { spanName: 'refund_order', spanKind: 'TOOL', toolCallId: call.id, input: call.input },
    async (span) => {
      span.setTool({ name: 'refund_order', version: '3' })
      context.say(
        'refund_order',
        `${proposed.orderId}, €${proposed.amount.toFixed(2)} on ${proposed.paymentId}`,
      )
      const request = proposed.amount > approvalLimit ? await approve({ context, proposed }) : proposed
      span.recordBudget({ name: 'refunds without approval, EUR', limit: approvalLimit, used: request.amount })
      const receipt = await postWithRetry({ context, request })
      span
        .setOutput(receipt)
        .recordStateChange({ refunded: { payment: request.paymentId, amount: request.amount } })
      return JSON.stringify({ ...receipt, approved_by: 'Marta Lind', amount_before: proposed.amount })
    },
  )
}

/** Marta Lind sees that the agent asks for both charges and lets one through. */
async function approve(args: { context: DemoContext; proposed: RefundRequest }): Promise<RefundRequest> {
  const { context, proposed } = args
  return await manualSpan(
    { spanName: 'Approve refund_order', spanKind: 'APPROVAL', input: proposed },
    async (span) => {
      context.say('approval', `waits for a person: €${proposed.amount.toFixed(2)} is over €${approvalLimit}`)
      const askedAt = performance.now()
      await pause(6200)
      const approved = { ...proposed, amount: 189 }
      span.recordApproval({
        decision: 'edited',
        by: 'Marta Lind',
        waitMs: Math.round(performance.now() - askedAt),
        editDistance: 0.5,
      })
      span.setOutput(approved)
      context.say(
        'Marta Lind',
        `edits the amount ${proposed.amount.toFixed(2)} to ${approved.amount.toFixed(2)} and lets it through`,
      )
      return approved
    },
  )
}

async function postWithRetry(args: { context: DemoContext; request: RefundRequest }): Promise<RefundReceipt> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await postRefund({ ...args, attempt })
    } catch (error) {
      if (!(error instanceof RefundServiceError) || attempt >= 2) throw error
      args.context.say('refunds API', `${error.message}, trying again in 0.5 s`)
      await pause(500)
    }
  }
}

async function postRefund(args: {
  context: DemoContext
  request: RefundRequest
  attempt: number
}): Promise<RefundReceipt> {
  const { context, request, attempt } = args
  return await manualSpan(
    {
      spanName: 'POST /v2/refunds',
      spanKind: 'TOOL',
      toolName: 'refunds API',
      input: request,
      attributes: { 'http.request.method': 'POST', 'url.path': '/v2/refunds' },
    },
    async (span) => {
      if (attempt > 1) span.recordRetry({ attempt, reason: '503 upstream timeout' })
      const receipt = await context.refunds.post(request)
      context.say('refunds API', `accepted as ${receipt.refundId}`)
      span.setAttribute('http.response.status_code', 201).setOutput(receipt)
      return receipt
    },
  )
}
