import type { OrganisationId, ProjectId, RetentionDays } from '@clew/domain'
import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { organisation } from './organisation.ts'

export const project = pgTable(
  'project',
  {
    id: uuid().$type<ProjectId>().primaryKey().defaultRandom(),
    organisationId: uuid()
      .$type<OrganisationId>()
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    slug: text().notNull(),
    name: text().notNull(),
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [unique('project_organisation_slug').on(table.organisationId, table.slug)],
)

/** What a project keeps and who sees content. Rows are never changed: the newest in force is the policy. */
export const projectPolicy = pgTable(
  'project_policy',
  {
    id: uuid().primaryKey().defaultRandom(),
    projectId: uuid()
      .$type<ProjectId>()
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    metadataDays: integer().$type<RetentionDays>().notNull(),
    contentDays: integer().$type<RetentionDays>().notNull(),
    contentAccess: text({ enum: ['readers', 'nobody'] }).notNull(),
    inForceFrom: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    setBy: text().notNull(),
  },
  (table) => [
    index('project_policy_in_force').on(table.projectId, table.inForceFrom.desc()),
    check('project_policy_content_not_longer', sql`${table.contentDays} <= ${table.metadataDays}`),
    check('project_policy_content_access', sql`${table.contentAccess} in ('readers', 'nobody')`),
  ],
)
