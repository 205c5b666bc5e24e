import type { Scene } from './play-script.ts'

/** The Billing Agent's part. It swaps two digits of the order id, which is what the run is about. */
export const billingScene: Scene = {
  cue: /verify both charges/i,
  lines: [
    {
      text: 'I will look at the captured payments of this customer before anything is refunded.',
      toolCalls: [{ name: 'list_payments', arguments: { customer_id: 'c_8812' } }],
    },
    {
      reasoning:
        'Two captured payments of EUR 189.00, eleven seconds apart, for one tent. The second one, pay_71f4, is the duplicate. The policy wants exactly one of them refunded, and a person to approve since it is over EUR 150.',
      text: 'Both payments were captured 11 seconds apart. I am refunding the second one, pay_71f4.',
      toolCalls: [
        {
          name: 'refund_order',
          arguments: {
            order_id: 'HO-48231',
            payment_id: 'pay_71f4',
            amount: 378,
            currency: 'EUR',
            reason: 'duplicate charge',
          },
        },
      ],
    },
    {
      text: 'The refund of EUR 189.00 was accepted as rf_20931 on the second try. Marta Lind corrected the amount from 378.00 to 189.00 before it went out. The customer will see it on the card within five days.',
    },
  ],
}
