import { sql } from 'drizzle-orm'
import { bigint, boolean, check, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core'

/** The one row about this installation. */
export const instance = pgTable(
  'instance',
  {
    single: boolean().primaryKey().default(true),
    /** Made at the first start; with the secret it yields the first-run token, so that none is stored. */
    id: uuid().notNull().defaultRandom(),
    /** Rises with every change of keys, policies, projects or people; what is cached under an older one is void. */
    epoch: bigint({ mode: 'number' }).notNull().default(0),
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    setupCompletedAt: timestamp({ withTimezone: true, precision: 3 }),
  },
  (table) => [check('instance_single', sql`${table.single}`)],
)
