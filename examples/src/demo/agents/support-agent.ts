import { agentSpan } from '@clew/sdk'
import type { SpanHandle } from '@clew/sdk'
import type OpenAI from 'openai'

import type { Customer, DemoContext } from './demo-context.ts'
import { checkAnswer, GuardrailError } from './guardrails.ts'
import { supportPrompt } from './prompts.ts'
import { runSupportTool, supportTools } from './support-tools.ts'

type Message = OpenAI.Chat.Completions.ChatCompletionMessageParam

export interface SupportTurn {
  context: DemoContext
  customer: Customer
  question: string
  /** What was said before in this chat; the turn adds to it. */
  history: Message[]
  tags?: string[]
  /** How long the tool that is meant to be slow takes. */
  slowSeconds?: number
  signal?: AbortSignal
}

export interface SupportAnswer {
  traceId: string
  text: string
}

/** One turn of the Support Agent: model, tools, sub-agent, streamed answer, check. */
export async function answerCustomer(turn: SupportTurn): Promise<SupportAnswer> {
  const { context, customer, question } = turn
  return await agentSpan(
    {
      agentId: 'support',
      agentName: 'Support Agent',
      role: 'triage',
      agentVersion: '2.14.0',
      sessionId: customer.sessionId,
      userId: customer.id,
      tags: turn.tags ?? [],
      workflow: { name: 'customer support', version: '14' },
      prompt: { name: 'triage', version: '32' },
      input: question,
    },
    async (span) => {
      context.say(customer.name, question)
      turn.history.push({ role: 'user', content: question })
      const text = await converse(turn, span).catch((error: unknown) => leave({ turn, span, error }))
      if (text === undefined) return { traceId: span.traceId, text: '' }
      const problem = await checkAnswer({ answer: text, refunds: context.refunds.accepted })
      span.setOutput(text).setStopReason('end_turn').setFinalized()
      context.say('Support Agent', text)
      if (problem === undefined) span.setOutcome('success')
      else {
        context.say('answer_check', problem)
        span.setOutcome('wrong_order').recordError(new GuardrailError(problem))
      }
      return { traceId: span.traceId, text }
    },
  )
}

/** A customer who is gone is no failure, but an outcome. */
function leave(args: { turn: SupportTurn; span: SpanHandle; error: unknown }): undefined {
  const { turn, span, error } = args
  if (turn.signal?.aborted !== true) throw error
  span.setOutcome('abandoned').setStopReason('customer_left')
  turn.context.say(turn.customer.name, '(left before the answer was there)')
}

async function converse(turn: SupportTurn, span: SpanHandle): Promise<string> {
  const { context, history } = turn
  const evidence: string[] = []
  for (let round = 0; round < 6; round += 1) {
    const stream = context.openai.chat.completions.stream(
      {
        model: 'gpt-5-mini',
        messages: [{ role: 'system', content: supportPrompt }, ...history],
        tools: supportTools,
        stream_options: { include_usage: true },
      },
      turn.signal === undefined ? {} : { signal: turn.signal },
    )
    const message = (await stream.finalChatCompletion()).choices[0]?.message
    if (message === undefined) throw new Error('the model said nothing')
    const calls = (message.tool_calls ?? []).filter((call) => call.type === 'function')
    history.push({
      role: 'assistant',
      content: message.content,
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
    })
    if (calls.length === 0) {
      if (evidence.length > 0) span.recordEvidence([...new Set(evidence)])
      return message.content ?? ''
    }
    span.recordDecision({
      summary: message.content ?? `use ${calls[0]?.function.name}`,
      action: calls[0]?.function.name ?? 'answer',
    })
    for (const call of calls) {
      const values: unknown = JSON.parse(call.function.arguments)
      const result = await runSupportTool({
        context,
        customer: turn.customer,
        call: { id: call.id, name: call.function.name, values },
        question: turn.question,
        slowSeconds: turn.slowSeconds ?? 0,
      })
      evidence.push(
        ...(result.match(/(?:refunds|payments|shipping|privacy|products)\/[\w-]+\.md/g) ?? []).slice(0, 2),
      )
      history.push({ role: 'tool', tool_call_id: call.id, content: result })
    }
  }
  throw new Error('the Support Agent did not come to an end')
}
