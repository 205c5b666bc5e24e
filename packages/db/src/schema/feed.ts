import { feedKinds } from '@clew/domain'
import type { ProjectId } from '@clew/domain'
import { bigint, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { project } from './project.ts'

/** Holds the last number given out: the row lock of its update puts commits into the order of their numbers. */
export const feedCounter = pgTable('feed_counter', {
  projectId: uuid()
    .$type<ProjectId>()
    .primaryKey()
    .references(() => project.id, { onDelete: 'cascade' }),
  seq: bigint({ mode: 'number' }).notNull(),
})

/** One row per coalesced batch of changes, kept for an hour; ids only, readers fetch. */
export const feed = pgTable(
  'feed',
  {
    projectId: uuid()
      .$type<ProjectId>()
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    seq: bigint({ mode: 'number' }).notNull(),
    kind: text({ enum: feedKinds }).notNull(),
    traceIds: text().array().notNull(),
    sessionIds: text().array().notNull(),
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.seq] }),
    index('feed_created_at').on(table.createdAt),
  ],
)
