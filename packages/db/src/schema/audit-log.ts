import type { OrganisationId, ProjectId } from '@clew/domain'
import { bigint, index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { organisation } from './organisation.ts'

/** Who changed what. Rows are only ever added, in the transaction of the change itself. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    organisationId: uuid()
      .$type<OrganisationId>()
      .notNull()
      .references(() => organisation.id, { onDelete: 'cascade' }),
    /** Kept when the project is gone, so there is no foreign key. */
    projectId: uuid().$type<ProjectId>(),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    actorKind: text({ enum: ['person', 'key', 'system'] }).notNull(),
    actorId: text().notNull(),
    actorLabel: text().notNull(),
    action: text().notNull(),
    targetType: text().notNull(),
    targetId: text().notNull(),
    targetLabel: text(),
    detail: jsonb().$type<Record<string, unknown>>().notNull(),
  },
  (table) => [
    index('audit_log_organisation').on(table.organisationId, table.id.desc()),
    index('audit_log_project').on(table.projectId, table.id.desc()),
  ],
)
