import { pause } from './pause.ts'

export interface Payment {
  id: string
  orderId: string
  amount: number
  currency: 'EUR'
  state: 'captured'
  capturedAt: string
}

interface Order {
  id: string
  customerId: string
  items: string[]
  total: number
  state: string
  carrier?: string
}

const orders: readonly Order[] = [
  {
    id: 'HO-48213',
    customerId: 'c_8812',
    items: ['Fjell 2 tent, moss'],
    total: 189,
    state: 'delivered 18 Nov',
  },
  {
    id: 'HO-48231',
    customerId: 'c_5150',
    items: ['Skarv shell, M', 'wool base layer'],
    total: 412,
    state: 'packed',
  },
  {
    id: 'HO-48350',
    customerId: 'c_6204',
    items: ['Primo stove'],
    total: 89,
    state: 'left Drammen 20 Nov 11:20',
    carrier: 'Posten, due Monday',
  },
]

const payments: readonly Payment[] = [
  {
    id: 'pay_71f0',
    orderId: 'HO-48213',
    amount: 189,
    currency: 'EUR',
    state: 'captured',
    capturedAt: '2026-11-17T18:04:31Z',
  },
  {
    id: 'pay_71f4',
    orderId: 'HO-48213',
    amount: 189,
    currency: 'EUR',
    state: 'captured',
    capturedAt: '2026-11-17T18:04:42Z',
  },
]

/** An order by its id, and whether it is the customer's own. */
export async function getOrder(args: { orderId: string; customerId: string }): Promise<unknown> {
  await pause(330 + Math.random() * 120)
  const order = orders.find(({ id }) => id === args.orderId)
  if (order === undefined) return { found: false }
  if (order.customerId !== args.customerId)
    return { found: true, order_id: order.id, belongs_to: 'another customer' }
  return { found: true, ...order }
}

/** The payments of a customer's orders. */
export async function listPayments(args: { customerId: string }): Promise<Payment[]> {
  await pause(380 + Math.random() * 80)
  const own = new Set(orders.filter(({ customerId }) => customerId === args.customerId).map(({ id }) => id))
  return payments.filter(({ orderId }) => own.has(orderId))
}

/** Where a parcel is. */
export async function trackParcel(args: { orderId: string }): Promise<unknown> {
  await pause(180 + Math.random() * 90)
  const order = orders.find(({ id }) => id === args.orderId)
  return order === undefined
    ? { found: false }
    : { order_id: order.id, state: order.state, carrier: order.carrier ?? null }
}

/** Pieces on the shelf in Drammen. */
export async function checkStock(args: { sku: string }): Promise<unknown> {
  await pause(900 + Math.random() * 300)
  return { sku: args.sku, available: 7, warehouse: 'Drammen', next_delivery: '2026-12-02' }
}

/** Opens a case for a person. */
export async function openCase(args: { orderId: string; reason: string }): Promise<unknown> {
  await pause(480 + Math.random() * 80)
  return { case_id: 'C-1107', order_id: args.orderId, priority: 'high', team: 'billing' }
}
