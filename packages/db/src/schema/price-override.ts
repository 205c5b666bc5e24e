import type { ProjectId } from '@clew/domain'
import { sql } from 'drizzle-orm'
import { check, doublePrecision, index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { project } from './project.ts'

/** Prices that a project set for itself, in US dollars per million tokens; the newest in force counts. */
export const priceOverride = pgTable(
  'price_override',
  {
    id: uuid().primaryKey().defaultRandom(),
    projectId: uuid()
      .$type<ProjectId>()
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    /** Lower case; a `*` at its end stands for any ending. */
    model: text().notNull(),
    provider: text(),
    input: doublePrecision().notNull(),
    output: doublePrecision().notNull(),
    cacheRead: doublePrecision(),
    cacheWrite: doublePrecision(),
    reasoning: doublePrecision(),
    inForceFrom: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    setBy: text().notNull(),
    setAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [
    index('price_override_project').on(table.projectId, table.inForceFrom.desc()),
    check('price_override_not_negative', sql`${table.input} >= 0 and ${table.output} >= 0`),
  ],
)
