import { manualSpan } from '@clew/sdk'
import type OpenAI from 'openai'

import { checkStock, getOrder, openCase, trackParcel } from '../shop/orders.ts'
import { searchPolicies } from '../shop/search-policies.ts'
import { settleBilling } from './billing-agent.ts'
import type { Customer, DemoContext } from './demo-context.ts'
import { checkPrivacyPolicy, checkRefundPolicy } from './guardrails.ts'
import { readText } from './read-arguments.ts'
import { traceParcels } from './trace-parcels.ts'

type Tool = OpenAI.Chat.Completions.ChatCompletionFunctionTool

/** What the Support Agent may use. */
export const supportTools: Tool[] = [
  toTool('search_policies', 'Searches policies and product pages.', ['query']),
  toTool('get_order', 'An order by its id.', ['order_id']),
  toTool('track_parcel', 'Where the parcel of an order is.', ['order_id']),
  toTool('trace_parcels', 'Asks the warehouse for every parcel of a large order.', ['order_id', 'parcels']),
  toTool('check_stock', 'Pieces on the shelf.', ['sku']),
  toTool('open_case', 'Opens a case for a person.', ['order_id', 'reason']),
  toTool('hand_off', 'Hands the request to another agent.', ['to', 'brief']),
]

export interface ToolCall {
  id: string
  name: string
  values: unknown
}

/** Runs a tool that the model asked for and returns what the model reads. */
export async function runSupportTool(args: {
  context: DemoContext
  customer: Customer
  call: ToolCall
  question: string
  slowSeconds: number
}): Promise<string> {
  const { context, customer, call, question } = args
  if (call.name === 'search_policies') return await search({ context, call })
  if (call.name === 'hand_off') {
    await checkRefundPolicy({ question })
    return await settleBilling({ context, customer, brief: readText(call.values, 'brief') })
  }
  const result = await manualSpan(
    { spanName: call.name, spanKind: 'TOOL', toolCallId: call.id, input: call.values },
    async (span) => {
      context.say(call.name, describe(call.values))
      const found = await useTool({ call, customer, slowSeconds: args.slowSeconds })
      span.setOutput(found)
      return found
    },
  )
  if (call.name === 'get_order') await checkPrivacyPolicy({ order: result })
  return JSON.stringify(result)
}

async function useTool(args: { call: ToolCall; customer: Customer; slowSeconds: number }): Promise<unknown> {
  const { call, customer } = args
  const orderId = readText(call.values, 'order_id')
  switch (call.name) {
    case 'get_order':
      return await getOrder({ orderId, customerId: customer.id })
    case 'track_parcel':
      return await trackParcel({ orderId })
    case 'check_stock':
      return await checkStock({ sku: readText(call.values, 'sku') })
    case 'open_case':
      return await openCase({ orderId, reason: readText(call.values, 'reason') })
    case 'trace_parcels':
      return await traceParcels({ orderId, seconds: args.slowSeconds })
    default:
      throw new Error(`there is no tool ${call.name}`)
  }
}

async function search(args: { context: DemoContext; call: ToolCall }): Promise<string> {
  const { context, call } = args
  const query = readText(call.values, 'query')
  return await manualSpan(
    {
      spanName: 'search_policies',
      spanKind: 'RETRIEVER',
      toolName: 'search_policies',
      toolCallId: call.id,
      input: query,
    },
    async (span) => {
      const found = await searchPolicies({ query, limit: 4 })
      context.say(
        'search_policies',
        `${found.length} ${found.length === 1 ? 'document' : 'documents'}, best ${found[0]?.score ?? 0}: ${found[0]?.id ?? 'none'}`,
      )
      span.setDocuments(found)
      return JSON.stringify(found)
    },
  )
}

function describe(values: unknown): string {
  return typeof values === 'object' && values !== null ? Object.values(values).join(', ') : ''
}

function toTool(name: string, description: string, properties: string[]): Tool {
  const types = Object.fromEntries(
    properties.map((property) => [property, { type: property === 'parcels' ? 'integer' : 'string' }]),
  )
  return {
    type: 'function',
    function: {
      name,
      description,
      parameters: { type: 'object', properties: types, required: properties, additionalProperties: false },
    },
  }
}
