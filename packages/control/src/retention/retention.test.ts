import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProjectId } from '@clew/domain'
import { authenticate } from '../authenticate.ts'
import { authorise } from '../authorise.ts'
import { listAudit } from '../audit/list-audit.ts'
import type { Principal } from '../principal.ts'
import { openTestControl, setUp } from '../testing/open-test-control.ts'
import type { TestControl } from '../testing/open-test-control.ts'
import { getRetentionPolicy } from './get-retention-policy.ts'
import { listPolicies } from './list-policies.ts'
import { retentionOf } from './retention-of.ts'
import { updateRetentionPolicy } from './update-retention-policy.ts'

let open: TestControl
let owner: Principal
let cookie: string
let projectId: ProjectId
let secret: string

beforeAll(async () => {
  open = await openTestControl()
  const first = await setUp(open.control)
  ;({ owner, cookie } = first)
  projectId = first.project.id
  secret = first.key.secret
})
afterAll(async () => await open.close())

describe('a retention policy', () => {
  it('stands from the beginning of time and is known at once when it changes', async () => {
    const { control, clock } = open
    expect(await retentionOf(control, projectId)).toEqual({ metadataDays: 90, contentDays: 30 })
    clock.nowMs += 60_000
    const wanted = { projectId, metadataDays: 30, contentDays: 7 } as const
    expect(await updateRetentionPolicy(control, owner, wanted)).toMatchObject({ ok: true })
    expect(await retentionOf(control, projectId)).toEqual({ metadataDays: 30, contentDays: 7 })
    const read = await getRetentionPolicy(control, owner, { projectId })
    expect(read.ok && read.value.policy).toMatchObject({ metadataDays: 30, setBy: 'ada@example.com' })
    expect(read.ok && read.value.history.map((policy) => policy.inForceFrom)).toEqual([
      new Date(clock.nowMs).toISOString(),
      new Date(0).toISOString(),
    ])
    const audit = await listAudit(control, owner, { projectId, limit: 1 })
    expect(audit.ok && audit.value.items).toMatchObject([
      { action: 'retention.update', detail: { from: { contentDays: 30 }, to: { contentDays: 7 } } },
    ])
  })

  it('is told of every project for the sweep', async () => {
    const { control } = open
    expect(await listPolicies(control)).toEqual([
      {
        organisationId: owner.organisationId,
        projectId,
        policy: await retentionOf(control, projectId),
      },
    ])
  })

  it('adds nothing to its history when nothing changes, and stays in order when two change at once', async () => {
    const { control } = open
    const days = [60, 60, 90, 180] as const
    for (const metadataDays of days) {
      await updateRetentionPolicy(control, owner, { projectId, metadataDays, contentDays: 7 })
    }
    const read = await getRetentionPolicy(control, owner, { projectId })
    const history = read.ok ? read.value.history.map((policy) => policy.metadataDays) : []
    expect(history).toEqual([180, 90, 60, 30, 90])
  })

  it('takes the classes of days only, and content never longer than metadata', async () => {
    const { control } = open
    const base = { projectId, metadataDays: 30, contentDays: 7 } as const
    const odd: number = 31
    const refused = [
      await updateRetentionPolicy(control, owner, { ...base, contentDays: 60 }),
      await updateRetentionPolicy(control, owner, { ...base, metadataDays: odd }),
    ]
    expect(refused).toMatchObject([
      { error: { code: 'invalid', field: 'contentDays' } },
      { error: { code: 'invalid', field: 'metadataDays' } },
    ])
  })

  it('hides content from persons and keys alike when it says so', async () => {
    const { control } = open
    const mayRead = async (headers: Record<string, string>) => {
      const principal = await authenticate(control, headers)
      if (!principal.ok) throw new Error(principal.error.message)
      const access = authorise(principal.value, { scope: 'read', projectId })
      return [principal.value.mayReadContent, access.ok && access.value.mayReadContent]
    }
    const key = { 'x-api-key': secret }
    expect([await mayRead({ cookie }), await mayRead(key)]).toEqual([
      [true, true],
      [true, true],
    ])
    const wanted = { projectId, metadataDays: 30, contentDays: 7 } as const
    await updateRetentionPolicy(control, owner, { ...wanted, contentAccess: 'nobody' })
    expect([await mayRead({ cookie }), await mayRead(key)]).toEqual([
      [false, false],
      [false, false],
    ])
    await updateRetentionPolicy(control, owner, { ...wanted, contentAccess: 'readers' })
    expect([await mayRead({ cookie }), await mayRead(key)]).toEqual([
      [true, true],
      [true, true],
    ])
  })
})
