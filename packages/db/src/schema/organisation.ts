import type { OrganisationId } from '@clew/domain'
import { sql } from 'drizzle-orm'
import { check, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { person } from './person.ts'

export const organisation = pgTable('organisation', {
  id: uuid().$type<OrganisationId>().primaryKey().defaultRandom(),
  name: text().notNull(),
  createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
})

export const membership = pgTable(
  'membership',
  {
    organisationId: uuid()
      .$type<OrganisationId>()
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    personId: text()
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    role: text({ enum: ['owner', 'admin', 'member', 'viewer'] }).notNull(),
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.personId] }),
    index('membership_person_id').on(table.personId),
    check('membership_role', sql`${table.role} in ('owner', 'admin', 'member', 'viewer')`),
  ],
)
