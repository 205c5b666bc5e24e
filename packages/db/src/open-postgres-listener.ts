import type { Client } from 'pg'
import type { Db, Subscription } from './db.ts'

const firstRetryMs = 100
const lastRetryMs = 5000
const heartbeatMs = 15_000

interface Listener {
  listen: Db['listen']
  close: () => Promise<void>
}

/** One connection listens for all channels; when it is lost it comes back by itself and tells of the gap. */
export function openPostgresListener(createClient: () => Client): Listener {
  const connection = new ListenConnection(createClient)
  return {
    listen: async (subscription) => await connection.add(subscription),
    close: async () => await connection.close(),
  }
}

/** Holds: every subscription's channel is listened to on `client`, or a reconnect is under way. */
class ListenConnection {
  private readonly subscriptions = new Set<Subscription>()
  private readonly createClient: () => Client
  private client: Client | undefined
  private opening: Promise<Client> | undefined
  private retryTimer: NodeJS.Timeout | undefined
  private heartbeat: NodeJS.Timeout | undefined
  private closed = false

  constructor(createClient: () => Client) {
    this.createClient = createClient
  }

  async add(subscription: Subscription): Promise<() => Promise<void>> {
    this.subscriptions.add(subscription)
    try {
      const client = await this.connected()
      await client.query(`listen ${quoteIdentifier(subscription.channel)}`)
    } catch (error) {
      this.subscriptions.delete(subscription)
      throw error
    }
    return async () => {
      this.subscriptions.delete(subscription)
      const isLast = ![...this.subscriptions].some((other) => other.channel === subscription.channel)
      if (isLast && !this.closed)
        await this.client?.query(`unlisten ${quoteIdentifier(subscription.channel)}`)
    }
  }

  async close(): Promise<void> {
    this.closed = true
    clearTimeout(this.retryTimer)
    clearInterval(this.heartbeat)
    this.subscriptions.clear()
    await this.opening?.catch(() => {})
    await this.client?.end()
    this.client = undefined
  }

  private async connected(): Promise<Client> {
    if (this.client) return this.client
    this.opening ??= this.open().finally(() => {
      this.opening = undefined
    })
    return await this.opening
  }

  private async open(): Promise<Client> {
    const client = this.createClient()
    client.on('error', () => this.lost(client))
    client.on('end', () => this.lost(client))
    client.on('notification', ({ channel, payload }) => this.dispatch(channel, payload ?? ''))
    await client.connect()
    for (const channel of new Set([...this.subscriptions].map((subscription) => subscription.channel))) {
      await client.query(`listen ${quoteIdentifier(channel)}`)
    }
    this.client = client
    this.beat(client)
    return client
  }

  // A half-open connection says nothing by itself: asking makes its loss known.
  private beat(client: Client): void {
    clearInterval(this.heartbeat)
    this.heartbeat = setInterval(() => {
      const late = setTimeout(() => this.lost(client), heartbeatMs / 3)
      client.query('select 1').then(
        () => clearTimeout(late),
        () => clearTimeout(late),
      )
    }, heartbeatMs)
    this.heartbeat.unref()
  }

  private lost(client: Client): void {
    if (this.client !== client) return
    this.client = undefined
    clearInterval(this.heartbeat)
    client.end().catch(() => {})
    this.reconnect(firstRetryMs)
  }

  private reconnect(delayMs: number): void {
    if (this.closed) return
    this.retryTimer = setTimeout(() => {
      this.connected().then(
        () => this.tellOfGap(),
        () => this.reconnect(Math.min(delayMs * 2, lastRetryMs)),
      )
    }, delayMs)
    this.retryTimer.unref()
  }

  private tellOfGap(): void {
    for (const subscription of this.subscriptions) subscription.onGap()
  }

  private dispatch(channel: string, payload: string): void {
    for (const subscription of this.subscriptions) {
      if (subscription.channel === channel) subscription.onMessage(payload)
    }
  }
}

function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
