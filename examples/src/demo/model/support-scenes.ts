import type { Scene } from './play-script.ts'

/** The Support Agent's part, question by question. */
export const supportScenes: readonly Scene[] = [
  {
    cue: /charged twice for the Fjell 2/i,
    lines: [
      {
        text: 'This is a billing dispute (confidence 0.93). I will read what the policies say about double charges first.',
        toolCalls: [
          {
            name: 'search_policies',
            arguments: { query: 'double charge refund, captured payments of one order' },
          },
        ],
      },
      {
        text: 'The policy allows the refund of one payment, with approval over EUR 150. Billing should verify the charges.',
        toolCalls: [
          {
            name: 'hand_off',
            arguments: {
              to: 'billing',
              brief:
                'Customer c_8812 says that order HO-48213 (Fjell 2 tent) was charged twice. Please verify both charges and refund one.',
            },
          },
        ],
      },
      {
        text: 'I have refunded €189.00 for order HO-48213. Both charges were captured eleven seconds apart, so this was our mistake, and I am sorry for the trouble. You will see the money on your card within five days, and a confirmation is on its way to your inbox. Your tent stays paid once, as it should be.',
      },
    ],
  },
  {
    cue: /confirmation mail says order HO-48231/i,
    lines: [
      {
        text: 'The customer doubts the order id. I will look the order up before saying anything about it.',
        toolCalls: [{ name: 'get_order', arguments: { order_id: 'HO-48231' } }],
      },
      {
        text: 'That order belongs to somebody else. A person in billing has to put this right.',
        toolCalls: [
          {
            name: 'open_case',
            arguments: {
              order_id: 'HO-48213',
              reason: 'refund was booked on HO-48231, which is another customer’s order',
            },
          },
        ],
      },
      {
        text: 'You are right, and I am sorry. The refund was booked on another order by mistake. I have opened a case with our billing team, C-1107, and a person is taking over now. You need not do anything.',
      },
    ],
  },
  {
    cue: /^Got it/i,
    lines: [
      { text: 'Glad that it is sorted. Case C-1107 stays open until the money has reached your card.' },
    ],
  },
  {
    cue: /sleeping bag for minus fifteen/i,
    lines: [
      {
        text: 'A question about comfort limits. I will read what we write about sleeping bags.',
        toolCalls: [
          {
            name: 'search_policies',
            arguments: { query: 'sleeping bag comfort limit minus 15 Hardangervidda March' },
          },
        ],
      },
      {
        text: 'For nights around −15 °C on Hardangervidda I would take the Halden Vinter 900: its comfort limit is −16 °C, it weighs 1.48 kg and costs €489. The Host 500 stops at −4 °C and is too thin for March. If you sleep cold, add a wool liner rather than trusting the extreme limit.',
      },
    ],
  },
  {
    cue: /in stock in the long version/i,
    lines: [
      { toolCalls: [{ name: 'check_stock', arguments: { sku: 'vinter-900/long' } }] },
      {
        text: 'Yes, seven of the long Vinter 900 are on the shelf in Drammen. Order before noon and it leaves today.',
      },
    ],
  },
  {
    cue: /ship to Svalbard/i,
    lines: [
      { toolCalls: [{ name: 'search_policies', arguments: { query: 'ship to Svalbard' } }] },
      {
        text: 'Yes. Posten takes three to six working days to Svalbard, €24 for parcels under 20 kg. Gas canisters cannot go by air.',
      },
    ],
  },
  {
    cue: /HO-48350 out of the warehouse/i,
    lines: [
      { toolCalls: [{ name: 'track_parcel', arguments: { order_id: 'HO-48350' } }] },
      { text: 'It left Drammen at 11:20 today and arrives on Monday with Posten.' },
    ],
  },
  {
    cue: /gas canister fits the Primo/i,
    lines: [
      { toolCalls: [{ name: 'search_policies', arguments: { query: 'Primo stove canister' } }] },
      { text: 'Any EN 417 canister with a Lindal valve: 100, 230 or 450 g. Below −5 °C take a winter mix.' },
    ],
  },
  {
    cue: /cancel my order/i,
    lines: [
      {
        text: 'Of course. Before I cancel it I would like to make sure that I have the right order, since two of them are open under your name: one with the Skarv shell and one with the Primo stove. Which of the two should I cancel for you?',
      },
    ],
  },
  {
    cue: /club order HO-47700/i,
    lines: [
      {
        text: 'Twenty-four parcels. I will ask the warehouse for every one of them; that takes a while.',
        toolCalls: [{ name: 'trace_parcels', arguments: { order_id: 'HO-47700', parcels: 24 } }],
      },
      {
        text: 'All 24 parcels of the club order are accounted for: 23 are on the truck to Lillehammer and arrive tomorrow, one still stands in Drammen because a tent pole was missing. It follows on Monday at no cost.',
      },
    ],
  },
]
