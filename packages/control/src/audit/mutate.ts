import type { Transaction } from '@clew/db'
import { tables } from '@clew/db'
import { fail, ok } from '@clew/domain'
import type { OrganisationId, ProjectId, Result } from '@clew/domain'
import { sql } from 'drizzle-orm'
import type { Control } from '../control.ts'
import type { ControlFailure } from '../failure.ts'
import { controlChannel } from '../memory/open-memory.ts'
import type { Principal } from '../principal.ts'

/** The line that a change leaves in the audit log. */
export interface AuditNote {
  /** Noun and verb, such as `api-key.revoke`. */
  action: string
  target: { type: string; id: string; label?: string }
  projectId?: ProjectId
  detail?: Record<string, unknown>
}

export type Actor = Pick<Principal, 'kind' | 'id' | 'label'>

type Work<Value> = (tx: Transaction) => Promise<Result<Change<Value>, ControlFailure>>

interface Change<Value> {
  value: Value
  /** Absent when there was nothing to change. */
  note?: AuditNote
}

/**
 * Runs a change and writes its audit row in one transaction, then voids what is cached about control data, here
 * and in every other process. A failure that `work` returns rolls everything back.
 */
export async function mutate<Value>(
  control: Control,
  principal: Principal,
  work: Work<Value>,
): Promise<Result<Value, ControlFailure>> {
  try {
    const value = await control.db.orm.transaction(async (tx) => {
      const outcome = await work(tx)
      if (!outcome.ok) throw new RolledBack(outcome.error)
      const { note } = outcome.value
      if (note !== undefined) {
        const { organisationId } = principal
        await writeAudit(tx, { actor: principal, organisationId, atMs: control.clock(), note })
        await raiseEpoch(tx)
      }
      return outcome.value.value
    })
    control.memory.forget()
    return ok(value)
  } catch (error) {
    if (error instanceof RolledBack) return fail(error.failure)
    throw error
  }
}

export async function writeAudit(
  tx: Pick<Transaction, 'insert'>,
  entry: { actor: Actor; organisationId: OrganisationId; atMs: number; note: AuditNote },
): Promise<void> {
  const { actor, organisationId, atMs, note } = entry
  await tx.insert(tables.auditLog).values({
    organisationId,
    projectId: note.projectId ?? null,
    at: new Date(atMs),
    actorKind: actor.kind,
    actorId: actor.id,
    actorLabel: actor.label,
    action: note.action,
    targetType: note.target.type,
    targetId: note.target.id,
    targetLabel: note.target.label ?? null,
    detail: note.detail ?? {},
  })
}

/** Last in a transaction: it makes all changes of control data wait for one another. */
export async function raiseEpoch(tx: Pick<Transaction, 'execute'>): Promise<void> {
  await tx.execute(
    sql`with raised as (update instance set epoch = epoch + 1 returning epoch)
      select pg_notify(${controlChannel}, epoch::text) from raised`,
  )
}

class RolledBack extends Error {
  readonly failure: ControlFailure

  constructor(failure: ControlFailure) {
    super(failure.message)
    this.failure = failure
  }
}
