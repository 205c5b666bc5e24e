import type { Db } from '@clew/db'
import type { FeedEntry, ProjectId } from '@clew/domain'
import { feedChannel, parseFeedNotification } from './feed-notification.ts'
import type { FeedNotification } from './feed-notification.ts'
import { readFeedRows, readFeedSeq } from './read-feed-rows.ts'

export interface FeedSubscriber {
  onEntry: (entry: FeedEntry) => void
  /** Entries were missed for good: read a snapshot. */
  onResync: () => void
}

interface Topic {
  subscribers: Set<FeedSubscriber>
  /** The last number that was handed out here; undefined until the first is heard. */
  seq: number | undefined
  work: Promise<void>
}

const retryMs = 500

/**
 * Hands the entries of the feed to this process's subscribers. Invariant: each topic's entries go out in the order
 * of their numbers, each once; a hole is read from the table, and one that cannot be filled is told as `resync`.
 */
export class FeedHub {
  private readonly db: Db
  private readonly topics = new Map<ProjectId, Topic>()
  private stop: () => Promise<void> = async () => {}
  private isClosed = false

  private constructor(db: Db) {
    this.db = db
  }

  static async open(db: Db): Promise<FeedHub> {
    const hub = new FeedHub(db)
    hub.stop = await db.listen({
      channel: feedChannel,
      onMessage: (payload) => hub.heard(payload),
      onGap: () => hub.catchUpAll(),
    })
    return hub
  }

  /** Everything that is committed after this call reaches the subscriber. */
  subscribe(projectId: ProjectId, subscriber: FeedSubscriber): () => void {
    const topic = this.topicOf(projectId)
    topic.subscribers.add(subscriber)
    return () => {
      topic.subscribers.delete(subscriber)
      if (topic.subscribers.size === 0 && this.topics.get(projectId) === topic) this.topics.delete(projectId)
    }
  }

  async close(): Promise<void> {
    this.isClosed = true
    await this.stop()
    await Promise.all([...this.topics.values()].map(async (topic) => await topic.work))
    this.topics.clear()
  }

  private topicOf(projectId: ProjectId): Topic {
    const existing = this.topics.get(projectId)
    if (existing !== undefined) return existing
    const topic: Topic = { subscribers: new Set(), seq: undefined, work: Promise.resolve() }
    this.topics.set(projectId, topic)
    return topic
  }

  private heard(payload: string): void {
    const notification = parseFeedNotification(payload)
    const topic = notification === undefined ? undefined : this.topics.get(notification.projectId)
    if (notification === undefined || topic === undefined) return
    this.queue(topic, async () => await this.deliver(topic, notification))
  }

  // Postgres tells in the order of commits, so nothing lies between the subscription and the first that is heard.
  private async deliver(topic: Topic, { projectId, seq, entry }: FeedNotification): Promise<void> {
    const last = topic.seq ?? seq - 1
    if (seq <= last) return
    if (entry !== undefined && seq === last + 1) hand(topic, entry)
    else await this.catchUp({ projectId, topic, from: last })
  }

  private async catchUp(missing: {
    projectId: ProjectId
    topic: Topic
    from: number | undefined
  }): Promise<void> {
    const { projectId, topic, from } = missing
    const missed = from === undefined ? 'resync' : await readFeedRows(this.db, { projectId, seq: from })
    if (missed !== 'resync') {
      for (const entry of missed.entries) hand(topic, entry)
      return
    }
    topic.seq = await readFeedSeq(this.db, projectId)
    for (const subscriber of topic.subscribers) subscriber.onResync()
  }

  private catchUpAll(): void {
    for (const [projectId, topic] of this.topics) {
      this.queue(topic, async () => await this.catchUp({ projectId, topic, from: topic.seq }))
    }
  }

  // One after the other; a reading that fails because the database is away is tried again, or order would break.
  private queue(topic: Topic, job: () => Promise<void>): void {
    const attempt = async (): Promise<void> => {
      while (!this.isClosed && topic.subscribers.size > 0) {
        try {
          await job()
          return
        } catch {
          await new Promise((resolve) => setTimeout(resolve, retryMs))
        }
      }
    }
    topic.work = topic.work.then(attempt)
  }
}

function hand(topic: Topic, entry: FeedEntry): void {
  topic.seq = entry.seq
  for (const subscriber of topic.subscribers) subscriber.onEntry(entry)
}
