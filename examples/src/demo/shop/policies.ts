export interface Policy {
  id: string
  title: string
  text: string
}

/** What the support desk of Halden goes by. */
export const policies: readonly Policy[] = [
  {
    id: 'refunds/duplicate-charge.md',
    title: 'Duplicate charge',
    text: 'When a customer was charged twice for one order, verify that both payments were captured for the same order id, then refund exactly one of them to the card that paid. Never refund more than one payment. Refunds over EUR 150 need the approval of a person in billing.',
  },
  {
    id: 'refunds/how-long.md',
    title: 'How long refunds take',
    text: 'A refund to a card shows within five banking days. We send a confirmation by mail at once. Vouchers are credited the same hour.',
  },
  {
    id: 'refunds/shipping-fee.md',
    title: 'Shipping fees',
    text: 'The shipping fee is refunded when a parcel arrives more than three working days late, or when the whole order is returned because of our mistake.',
  },
  {
    id: 'payments/pending.md',
    title: 'Pending payments',
    text: 'A second line on a statement may be a reservation that the bank releases by itself within seven days. Only captured payments can be refunded, so check the state of the payment before promising a refund for a double charge.',
  },
  {
    id: 'shipping/svalbard.md',
    title: 'Shipping to Svalbard and Jan Mayen',
    text: 'We ship to Svalbard with Posten: three to six working days, EUR 24 for parcels under 20 kg. Gas canisters and lithium batteries cannot be sent by air. Orders to Jan Mayen leave twice a month.',
  },
  {
    id: 'shipping/delays.md',
    title: 'Late parcels',
    text: 'Parcels leave Drammen on the day of the order when it comes in before noon. Between Friday evening and Monday nothing moves. A parcel without a scan for four working days counts as lost.',
  },
  {
    id: 'privacy/other-customers.md',
    title: 'Orders of other customers',
    text: 'Never tell a customer anything about an order that is not theirs: no name, no address, no contents. Say that it belongs to somebody else, open a case and hand over to a person.',
  },
  {
    id: 'products/sleeping-bags.md',
    title: 'Choosing a sleeping bag',
    text: 'Go by the comfort limit, not the extreme limit. Halden Vinter 900: comfort -16 C, 1.48 kg, 850 fill-power down, EUR 489, in regular and long. Halden Host 500: comfort -4 C, 0.98 kg, EUR 329. For Hardangervidda in March plan for -15 C at night and wind.',
  },
  {
    id: 'products/stoves.md',
    title: 'Stoves and fuel',
    text: 'The Primo stove takes any EN 417 canister with a Lindal valve: 100, 230 or 450 g. Below -5 C use a winter mix. Canisters are not sold to addresses on islands served by air.',
  },
]
