import { jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** What a running service last said of itself: one row a service, replaced every few seconds. */
export const serviceReport = pgTable('service_report', {
  /** Belongs to the service's data folder, so that a restart replaces its row. */
  id: text().primaryKey(),
  service: text({ enum: ['ingest'] }).notNull(),
  /** By the database's clock, which all services share. */
  reportedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  report: jsonb().notNull(),
})
