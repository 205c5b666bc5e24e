import type Anthropic from '@anthropic-ai/sdk'
import type OpenAI from 'openai'

import type { Say } from '../say.ts'
import type { RefundsApi } from '../shop/refunds-api.ts'

/** What the agents of one conversation work with. */
export interface DemoContext {
  openai: OpenAI
  anthropic: Anthropic
  refunds: RefundsApi
  say: Say
}

export interface Customer {
  id: string
  sessionId: string
  /** How the customer is called in the printed lines. */
  name: string
}
