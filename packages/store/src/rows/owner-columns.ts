import type { RowOwner } from '../insert/batch.ts'
import type { Row } from './scalars.ts'
import { toDateTimeMs } from './row-time.ts'

export function ownerColumns(owner: RowOwner): Row {
  return {
    organisation_id: owner.organisationId,
    project_id: owner.projectId,
    received_at: toDateTimeMs(owner.receivedAtMs),
  }
}
