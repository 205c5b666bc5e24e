import type { MessageParam, Tool, ToolUseBlock } from '@anthropic-ai/sdk/resources/messages'
import { agentSpan, manualSpan } from '@clew/sdk'

import { listPayments } from '../shop/orders.ts'
import type { Customer, DemoContext } from './demo-context.ts'
import { billingPrompt } from './prompts.ts'
import { readText } from './read-arguments.ts'
import { refundOrder } from './refund-order.ts'

const tools: Tool[] = [
  {
    name: 'list_payments',
    description: 'The payments of a customer, newest last.',
    input_schema: {
      type: 'object',
      properties: { customer_id: { type: 'string' } },
      required: ['customer_id'],
    },
  },
  {
    name: 'refund_order',
    description: 'Refunds a captured payment of an order, in full or in part.',
    input_schema: {
      type: 'object',
      properties: {
        order_id: { type: 'string' },
        payment_id: { type: 'string' },
        amount: { type: 'number' },
        currency: { type: 'string' },
        reason: { type: 'string' },
      },
      required: ['order_id', 'payment_id', 'amount', 'currency'],
    },
  },
]

/** The Billing Agent: verifies charges and refunds them, with a person's approval where the policy wants one. */
export async function settleBilling(args: {
  context: DemoContext
  customer: Customer
  brief: string
}): Promise<string> {
  const { context, customer, brief } = args
  return await agentSpan(
    {
      agentId: 'billing',
      agentName: 'Billing Agent',
      role: 'billing',
      agentVersion: '1.9.2',
      input: brief,
      prompt: { name: 'billing', version: '11' },
    },
    async (span) => {
      context.say('Billing Agent', `takes over: ${brief}`)
      const messages: MessageParam[] = [{ role: 'user', content: brief }]
      for (let round = 0; round < 6; round += 1) {
        const answer = await context.anthropic.messages.create({
          model: 'claude-haiku-4-5',
          max_tokens: 2048,
          system: billingPrompt,
          tools,
          messages,
        })
        const text = answer.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n')
        const calls = answer.content.filter((block) => block.type === 'tool_use')
        messages.push({ role: 'assistant', content: answer.content })
        if (calls.length === 0) {
          span.setOutput(text).setStopReason('end_turn').setOutcome('success').setFinalized()
          return text
        }
        span.recordDecision({ summary: text, action: calls[0]?.name ?? 'answer' })
        const results = []
        for (const call of calls)
          results.push({
            type: 'tool_result' as const,
            tool_use_id: call.id,
            content: await runTool({ context, customer, call }),
          })
        messages.push({ role: 'user', content: results })
      }
      throw new Error('the Billing Agent did not come to an end')
    },
  )
}

async function runTool(args: {
  context: DemoContext
  customer: Customer
  call: ToolUseBlock
}): Promise<string> {
  const { context, customer, call } = args
  if (call.name === 'refund_order') return await refundOrder({ context, call })
  return await manualSpan(
    { spanName: call.name, spanKind: 'TOOL', toolName: call.name, toolCallId: call.id, input: call.input },
    async (span) => {
      const found = await listPayments({ customerId: readText(call.input, 'customer_id') || customer.id })
      context.say(
        'list_payments',
        `${found.length} payments of €${found[0]?.amount.toFixed(2) ?? '0'}, 11 s apart`,
      )
      span.setOutput(found)
      return JSON.stringify(found)
    },
  )
}
