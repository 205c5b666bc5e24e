import { answerCustomer } from '../agents/support-agent.ts'
import type { SupportAnswer, SupportTurn } from '../agents/support-agent.ts'
import type { Customer, DemoContext } from '../agents/demo-context.ts'
import { createRefundsApi } from '../shop/refunds-api.ts'
import { pause } from '../shop/pause.ts'
import { reindexPolicies } from './reindex-policies.ts'

const tent: Customer = { id: 'c_8812', sessionId: 's_5521', name: 'Ingrid' }
const winter: Customer = { id: 'c_7031', sessionId: 's_5524', name: 'Jonas' }

const tentQuestions = [
  'I was charged twice for the Fjell 2 tent, order HO-48213. I only want to pay once, please give one of them back.',
  'The confirmation mail says order HO-48231. That is not mine?',
  'Got it. Thank you!',
]

const winterQuestions = [
  'I need a sleeping bag for minus fifteen, mostly Hardangervidda in March. Which one would you take?',
  'Is the Vinter 900 in stock in the long version?',
]

/** The whole story, partly at the same time; returns the trace of the run that went wrong. */
export async function playStory(context: DemoContext): Promise<string> {
  const [answers] = await Promise.all([
    chat({ context, customer: tent, questions: tentQuestions, thinkMs: 2000, tags: ['refund'] }),
    after(900, async () => await reindexPolicies(context)),
    after(
      2200,
      async () =>
        await chat({
          context,
          customer: winter,
          questions: winterQuestions,
          thinkMs: 4200,
          tags: ['advice'],
        }),
    ),
    after(
      5200,
      async () =>
        await once(
          context,
          { id: 'c_6611', sessionId: 's_5525', name: 'Aksel' },
          'Can you ship to Svalbard?',
        ),
    ),
    after(
      8600,
      async () =>
        await once(
          context,
          { id: 'c_6204', sessionId: 's_5526', name: 'Liv' },
          'Is HO-48350 out of the warehouse?',
        ),
    ),
    after(11_800, async () => await leaveEarly(context)),
    after(
      15_000,
      async () =>
        await once(
          context,
          { id: 'c_7702', sessionId: 's_5528', name: 'Signe' },
          'Which gas canister fits the Primo stove?',
        ),
    ),
  ])
  return answers[0]?.traceId ?? ''
}

/** One question whose tool takes long, to watch a run while it runs. */
export async function playLongRun(context: DemoContext, seconds: number): Promise<string> {
  const customer = { id: 'c_9003', sessionId: 's_5530', name: 'Club' }
  const question = 'Where are the parcels of our club order HO-47700? We leave on Saturday.'
  const answer = await answerCustomer({
    context: withOwnRefunds(context),
    customer,
    question,
    history: [],
    slowSeconds: Math.max(1, seconds - 5),
    tags: ['parcels'],
  })
  return answer.traceId
}

async function chat(args: {
  context: DemoContext
  customer: Customer
  questions: readonly string[]
  thinkMs: number
  tags: string[]
}): Promise<SupportAnswer[]> {
  const { customer, tags } = args
  const context = withOwnRefunds(args.context)
  const history: SupportTurn['history'] = []
  const answers: SupportAnswer[] = []
  for (const question of args.questions) {
    if (answers.length > 0) await pause(args.thinkMs)
    answers.push(await answerCustomer({ context, customer, question, history, tags }))
  }
  return answers
}

async function once(context: DemoContext, customer: Customer, question: string): Promise<void> {
  await answerCustomer({ context: withOwnRefunds(context), customer, question, history: [] })
}

/** A customer who closes the window while the answer is being written. */
async function leaveEarly(context: DemoContext): Promise<void> {
  const leave = new AbortController()
  setTimeout(() => leave.abort(), 1700)
  const customer = { id: 'c_5940', sessionId: 's_5527', name: 'Even' }
  await answerCustomer({
    context: withOwnRefunds(context),
    customer,
    question: 'Please cancel my order',
    history: [],
    signal: leave.signal,
  })
}

function withOwnRefunds(context: DemoContext): DemoContext {
  return { ...context, refunds: createRefundsApi() }
}

async function after<Value>(ms: number, run: () => Promise<Value>): Promise<Value> {
  await pause(ms)
  return await run()
}
