import { expect, test } from 'vitest'
import { LiveChannel, type StreamItem } from './live-channel.ts'

interface Event {
  type: string
  seq: number
}

const opening = ({ n }: { n: number }) => ({ events: [{ type: 'snapshot', seq: n }], after: n })

function open(itemsMax = 100) {
  const channel = new LiveChannel<Event>({ opening, itemsMax })
  const publish = (count: number) =>
    channel.publish(Array.from({ length: count }, () => (seq: number) => ({ type: 'change', seq })))
  return { channel, publish }
}

function join(channel: LiveChannel<Event>, lastEventId?: string) {
  const told: string[] = []
  const ids: string[] = []
  let isClosed = false
  const take = (items: readonly StreamItem<Event>[]) => {
    told.push(...items.map(({ event }) => `${event.type} ${event.seq}`))
    ids.push(...items.map(({ id }) => id))
  }
  const joined = channel.join({ take, close: () => (isClosed = true) }, lastEventId)
  return { told, ids, joined, isClosed: () => isClosed }
}

test('who comes is told where things stand, then what happens', () => {
  const { channel, publish } = open()
  publish(3)
  const { told } = join(channel)
  publish(2)
  expect(told).toEqual(['snapshot 3', 'change 4', 'change 5'])
})

test('who comes back is told just what it missed', () => {
  const { channel, publish } = open()
  const first = join(channel)
  publish(3)
  const { told } = join(channel, first.ids[1])
  expect(told).toEqual(['change 2', 'change 3'])
})

test('who missed more than is remembered, or comes from elsewhere, starts over', () => {
  const { channel, publish } = open(10)
  const first = join(channel)
  publish(1)
  publish(40)
  publish(40)
  expect(join(channel, first.ids[1]).told).toEqual(['snapshot 81'])
  expect(join(channel, `80-${'0'.repeat(8)}`).told).toEqual(['snapshot 81'])
  expect(join(channel, '9999-' + channel.id).told).toEqual(['snapshot 81'])
})

test('the end is told to whoever lacks it, also when it comes later, and to nobody twice', () => {
  const { channel, publish } = open()
  const first = join(channel)
  publish(1)
  channel.end((seq) => ({ type: 'end', seq }))
  expect(first.told.at(-1)).toBe('end 2')
  expect(first.isClosed()).toBe(true)
  const late = join(channel)
  expect(late.told).toEqual(['snapshot 1', 'end 2'])
  expect(late.isClosed()).toBe(true)
  expect(join(channel, late.ids[0]).told).toEqual(['end 2'])
  expect(join(channel, late.ids[1])).toMatchObject({ joined: 'over', told: [] })
})

test('an event is written once for all of its readers', () => {
  const { channel, publish } = open()
  const buffers = new Set<Buffer>()
  const reader = {
    take: (items: readonly StreamItem<Event>[]) => items.forEach((item) => buffers.add(item.bytes('sse'))),
    close: () => {},
  }
  channel.join(reader)
  channel.join(reader)
  buffers.clear()
  publish(1)
  expect([...buffers].map(String)).toEqual([
    `id: 1-${channel.id}\nevent: change\ndata: {"type":"change","seq":1}\n\n`,
  ])
})
