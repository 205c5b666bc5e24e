import type { ProjectId } from '@clew/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listAudit } from '../audit/list-audit.ts'
import type { Principal } from '../principal.ts'
import { openTestControl, setUp } from '../testing/open-test-control.ts'
import type { TestControl } from '../testing/open-test-control.ts'
import { createPriceOverride } from './create-price-override.ts'
import { deletePriceOverride } from './delete-price-override.ts'
import { listPriceOverrides } from './list-price-overrides.ts'
import { priceOverridesOf } from './price-overrides-of.ts'

let open: TestControl
let owner: Principal
let projectId: ProjectId

beforeAll(async () => {
  open = await openTestControl()
  const first = await setUp(open.control)
  owner = first.owner
  projectId = first.project.id
})
afterAll(async () => await open.close())

it('a price is in force at once, is kept beside those before it, and can be taken back; all of it on record', async () => {
  const { control } = open
  expect(await priceOverridesOf(control, projectId)).toEqual([])
  const wanted = {
    projectId,
    model: ' Our-Model* ',
    provider: 'Azure',
    input: 1.5,
    output: 6,
    cacheRead: 0.1,
  }
  const created = await createPriceOverride(control, owner, wanted)
  expect(created).toMatchObject({
    ok: true,
    value: { model: 'our-model*', provider: 'azure', input: 1.5, cacheRead: 0.1, setBy: owner.label },
  })
  await createPriceOverride(control, owner, {
    projectId,
    model: 'our-model*',
    input: 1,
    output: 4,
    inForceFrom: '2026-02-01T00:00:00+01:00',
  })
  const inForce = await priceOverridesOf(control, projectId)
  expect(inForce).toMatchObject([
    { model: 'our-model*', input: 1, fromMs: Date.parse('2026-01-31T23:00:00Z') },
    { model: 'our-model*', input: 1.5, provider: 'azure', fromMs: open.clock.nowMs },
  ])

  if (!created.ok) throw new Error(created.error.message)
  await deletePriceOverride(control, owner, { projectId, priceId: created.value.id })
  const listed = await listPriceOverrides(control, owner, { projectId })
  expect(listed.ok && listed.value.map(({ input }) => input)).toEqual([1])
  expect((await priceOverridesOf(control, projectId)).map(({ input }) => input)).toEqual([1])
  const audit = await listAudit(control, owner, { projectId })
  expect(audit.ok && audit.value.items.slice(0, 3)).toMatchObject([
    { action: 'price.delete', target: { type: 'price', label: 'our-model*' }, detail: { input: 1.5 } },
    { action: 'price.create', detail: { input: 1, inForceFrom: '2026-01-31T23:00:00.000Z' } },
    { action: 'price.create', detail: { input: 1.5, provider: 'azure' } },
  ])
})

it('a wish that cannot be is refused with the field that is wrong', async () => {
  const good = { projectId, model: 'm', input: 1, output: 2 }
  const wrong = [
    { ...good, model: '' },
    { ...good, model: '*' },
    { ...good, model: 'a*b' },
    { ...good, input: -1 },
    { ...good, output: Number.NaN },
    { ...good, inForceFrom: 'soon' },
  ]
  const fields: unknown[] = []
  for (const input of wrong) {
    const outcome = await createPriceOverride(open.control, owner, input)
    fields.push(outcome.ok ? 'accepted' : outcome.error.field)
  }
  expect(fields).toEqual(['model', 'model', 'model', 'input', 'output', 'inForceFrom'])
})
