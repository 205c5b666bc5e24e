import { tables } from '@clew/db'
import { ok } from '@clew/domain'
import type { ProjectId, Result } from '@clew/domain'
import { and, desc, eq, lt } from 'drizzle-orm'
import { z } from 'zod'
import { authorise } from '../authorise.ts'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import { parseInput, projectIdInput } from '../parse-input.ts'
import type { Principal } from '../principal.ts'

export const listAuditInput = z.strictObject({
  /** Absent: the whole organisation. */
  projectId: projectIdInput.optional(),
  limit: z.number().int().min(1).max(200).default(50),
  /** `nextCursor` of the page before. */
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, 'not a cursor')
    .optional(),
})

export interface AuditEntry {
  id: string
  at: string
  actor: { kind: Principal['kind']; id: string; label: string }
  action: string
  target: { type: string; id: string; label?: string }
  projectId?: ProjectId
  detail: Record<string, unknown>
}

export interface AuditPage {
  items: AuditEntry[]
  nextCursor?: string
}

/** Who changed what, newest first. Needs `admin`. */
export async function listAudit(
  control: Control,
  principal: Principal,
  input: z.input<typeof listAuditInput> = {},
): Promise<Result<AuditPage, ControlFailure>> {
  const wanted = parseInput(listAuditInput, input)
  if (!wanted.ok) return wanted
  const { projectId, limit, cursor } = wanted.value
  const access = authorise(principal, { scope: 'admin', ...(projectId !== undefined && { projectId }) })
  if (!access.ok) return access
  const { auditLog } = tables
  const rows = await control.db.orm
    .select()
    .from(auditLog)
    .where(
      and(
        eq(auditLog.organisationId, access.value.organisationId),
        ...(projectId === undefined ? [] : [eq(auditLog.projectId, projectId)]),
        ...(cursor === undefined ? [] : [lt(auditLog.id, BigInt(cursor))]),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit).map(toEntry)
  const last = items.at(-1)
  return ok({ items, ...(rows.length > limit && last !== undefined && { nextCursor: last.id }) })
}

function toEntry(row: typeof tables.auditLog.$inferSelect): AuditEntry {
  return {
    id: row.id.toString(),
    at: row.at.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId, label: row.actorLabel },
    action: row.action,
    target: {
      type: row.targetType,
      id: row.targetId,
      ...(row.targetLabel !== null && { label: row.targetLabel }),
    },
    ...(row.projectId !== null && { projectId: row.projectId }),
    detail: row.detail,
  }
}
