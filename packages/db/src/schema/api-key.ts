import type { OrganisationId, ProjectId } from '@clew/domain'
import { bigint, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { organisation } from './organisation.ts'
import { project } from './project.ts'

/** Keys of agents and scripts; the secret itself is never stored. */
export const apiKey = pgTable(
  'api_key',
  {
    id: uuid().primaryKey().defaultRandom(),
    organisationId: uuid()
      .$type<OrganisationId>()
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    projectId: uuid()
      .$type<ProjectId>()
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** The last four characters of the secret. */
    hint: text().notNull(),
    /** SHA-256 of the secret in lower hex: the secret is random, so a slow hash would add nothing. */
    sha256: text().notNull().unique(),
    scopes: text().array().notNull(),
    createdBy: text().notNull(),
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    expiresAt: timestamp({ withTimezone: true, precision: 3 }),
    revokedAt: timestamp({ withTimezone: true, precision: 3 }),
    /** Written lazily, up to ten seconds late. */
    lastUsedAt: timestamp({ withTimezone: true, precision: 3 }),
    /** What the key may send; null leaves it to the ingest. */
    requestsPerMinute: integer(),
    bytesPerMinute: bigint({ mode: 'number' }),
    bodyBytesMax: integer(),
  },
  (table) => [index('api_key_project_id').on(table.projectId)],
)
