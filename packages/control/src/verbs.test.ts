import { tables } from '@clew/db'
import type { ProjectId } from '@clew/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiKey } from './api-key/create-api-key.ts'
import { listApiKeys } from './api-key/list-api-keys.ts'
import { revokeApiKey } from './api-key/revoke-api-key.ts'
import { updateApiKeyLimits } from './api-key/update-api-key-limits.ts'
import { listAudit } from './audit/list-audit.ts'
import { listMembers } from './member/list-members.ts'
import type { Principal, Scope } from './principal.ts'
import { createPriceOverride } from './price/create-price-override.ts'
import { deletePriceOverride } from './price/delete-price-override.ts'
import { listPriceOverrides } from './price/list-price-overrides.ts'
import { createProject } from './project/create-project.ts'
import { getProject } from './project/get-project.ts'
import { listProjects } from './project/list-projects.ts'
import { renameProject } from './project/rename-project.ts'
import { getRetentionPolicy } from './retention/get-retention-policy.ts'
import { updateRetentionPolicy } from './retention/update-retention-policy.ts'
import { systemPrincipal } from './system-principal.ts'
import { openTestControl, setUp } from './testing/open-test-control.ts'
import type { TestControl } from './testing/open-test-control.ts'

let open: TestControl
let owner: Principal
let ours: ProjectId
let ourSibling: ProjectId
let theirs: ProjectId
let theirKeyId: string
let theirPriceId: string
let stranger: Principal

beforeAll(async () => {
  open = await openTestControl()
  const { control } = open
  const first = await setUp(control)
  ours = first.project.id
  open.clock.nowMs += 1000
  const sibling = must(await createProject(control, first.owner, { name: 'Sibling' }))
  ourSibling = sibling.id
  owner = { ...first.owner, projectIds: [ours, ourSibling] }
  const [row] = await open.test.db.orm.insert(tables.organisation).values({ name: 'Others' }).returning()
  if (row === undefined) throw new Error('an insert returned no row')
  stranger = systemPrincipal({ organisationId: row.id, label: 'stranger' })
  theirs = must(await createProject(control, stranger, { name: 'Theirs' })).id
  const key = await createApiKey(control, stranger, { projectId: theirs, name: 'k', scopes: ['read'] })
  theirKeyId = must(key).key.id
  const price = { projectId: theirs, model: 'm', input: 1, output: 2 }
  theirPriceId = must(await createPriceOverride(control, stranger, price)).id
})
afterAll(async () => await open.close())

interface Verb {
  name: string
  scope: Scope
  /** What it answers about a project of another organisation; else `not-found`. */
  finds?: object
  run: (principal: Principal, projectId: ProjectId) => Promise<{ ok: boolean; error?: { code: string } }>
}

const projectVerbs: Verb[] = [
  {
    name: 'renameProject',
    scope: 'admin',
    run: async (principal, projectId) =>
      await renameProject(open.control, principal, { projectId, name: 'Renamed' }),
  },
  {
    name: 'createApiKey',
    scope: 'admin',
    run: async (principal, projectId) =>
      await createApiKey(open.control, principal, { projectId, name: 'k', scopes: ['ingest'] }),
  },
  {
    name: 'listApiKeys',
    scope: 'admin',
    finds: { ok: true, value: [] },
    run: async (principal, projectId) => await listApiKeys(open.control, principal, { projectId }),
  },
  {
    name: 'revokeApiKey',
    scope: 'admin',
    run: async (principal, projectId) =>
      await revokeApiKey(open.control, principal, { projectId, keyId: theirKeyId }),
  },
  {
    name: 'updateApiKeyLimits',
    scope: 'admin',
    run: async (principal, projectId) =>
      await updateApiKeyLimits(open.control, principal, { projectId, keyId: theirKeyId, limits: {} }),
  },
  {
    name: 'getRetentionPolicy',
    scope: 'read',
    run: async (principal, projectId) => await getRetentionPolicy(open.control, principal, { projectId }),
  },
  {
    name: 'updateRetentionPolicy',
    scope: 'admin',
    run: async (principal, projectId) =>
      await updateRetentionPolicy(open.control, principal, { projectId, metadataDays: 7, contentDays: 1 }),
  },
  {
    name: 'createPriceOverride',
    scope: 'write',
    run: async (principal, projectId) =>
      await createPriceOverride(open.control, principal, { projectId, model: 'm', input: 1, output: 2 }),
  },
  {
    name: 'listPriceOverrides',
    scope: 'read',
    finds: { ok: true, value: [] },
    run: async (principal, projectId) => await listPriceOverrides(open.control, principal, { projectId }),
  },
  {
    name: 'deletePriceOverride',
    scope: 'write',
    run: async (principal, projectId) =>
      await deletePriceOverride(open.control, principal, { projectId, priceId: theirPriceId }),
  },
  {
    name: 'listAudit',
    scope: 'admin',
    finds: { ok: true, value: { items: [] } },
    run: async (principal, projectId) => await listAudit(open.control, principal, { projectId }),
  },
]
const organisationVerbs: Verb[] = [
  {
    name: 'createProject',
    scope: 'admin',
    run: async (principal) => await createProject(open.control, principal, { name: 'New' }),
  },
  {
    name: 'listMembers',
    scope: 'admin',
    run: async (principal) => await listMembers(open.control, principal),
  },
  { name: 'listAudit', scope: 'admin', run: async (principal) => await listAudit(open.control, principal) },
]

describe.each(projectVerbs)('$name', ({ scope, run, finds }) => {
  it('is forbidden without its scope', async () => {
    const before = await everything()
    expect(await run(without(owner, scope), ours)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    expect(await everything()).toEqual(before)
  })

  it('is forbidden on a project that the principal does not hold', async () => {
    const before = await everything()
    const keyOfSibling = asKey(ourSibling)
    expect(await run(keyOfSibling, ours)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    expect(await run(owner, theirs)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    expect(await everything()).toEqual(before)
  })

  it('finds nothing in another organisation, even for a principal that holds all projects', async () => {
    const before = await everything()
    const all: Principal = { ...owner, projectIds: 'all' }
    const outcome = await run(all, theirs)
    expect(outcome).toMatchObject(finds ?? { ok: false, error: { code: 'not-found' } })
    expect(await everything()).toEqual(before)
  })
})

describe.each(organisationVerbs)('$name of the organisation', ({ scope, run }) => {
  it('is forbidden without its scope, and to every key', async () => {
    const before = await everything()
    for (const principal of [without(owner, scope), asKey(ours)]) {
      expect(await run(principal, ours)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    }
    expect(await everything()).toEqual(before)
  })
})

describe('projects', () => {
  it('get a slug of their own within the organisation', async () => {
    const { control } = open
    const names = ['Zürich Café!', 'Zürich Café!', '日本']
    const slugs: string[] = []
    for (const name of names) slugs.push(must(await createProject(control, owner, { name })).slug)
    expect(slugs).toEqual(['zurich-cafe', 'zurich-cafe-2', 'project'])
    expect(await createProject(control, owner, { name: 'x', slug: 'zurich-cafe' })).toMatchObject({
      error: { code: 'conflict', field: 'slug' },
    })
    expect(await createProject(control, owner, { name: 'x', slug: 'Not a slug' })).toMatchObject({
      error: { code: 'invalid', field: 'slug' },
    })
    expect(must(await createProject(control, stranger, { name: 'Zürich Café!' })).slug).toBe('zurich-cafe')
  })

  it('are listed and found only where the principal may read', async () => {
    const { control } = open
    const key = asKey(ours)
    expect(must(await listProjects(control, key)).map((project) => project.id)).toEqual([ours])
    expect(must(await listProjects(control, owner)).map((project) => project.id)).toEqual([ours, ourSibling])
    expect(must(await listProjects(control, stranger)).map((project) => project.id)).not.toContain(ours)
    expect(await listProjects(control, without(key, 'read'))).toMatchObject({ error: { code: 'forbidden' } })
    expect(must(await getProject(control, key, { project: 'support-desk' })).id).toBe(ours)
    expect(must(await getProject(control, key, { project: ours })).id).toBe(ours)
    for (const [principal, project] of [
      [key, ourSibling],
      [key, 'sibling'],
      [owner, theirs],
      [owner, 'theirs'],
      [without(owner, 'read'), ours],
      [owner, 'no-such'],
    ] as const) {
      expect(await getProject(control, principal, { project })).toMatchObject({
        error: { code: 'not-found' },
      })
    }
  })

  it('keep their slug when they are renamed, and the change is on record once', async () => {
    const { control } = open
    const renamed = await renameProject(control, owner, { projectId: ourSibling, name: ' Twin ' })
    expect(must(renamed)).toMatchObject({ name: 'Twin', slug: 'sibling' })
    await renameProject(control, owner, { projectId: ourSibling, name: 'Twin' })
    expect(await actionsOn(ourSibling)).toEqual(['project.rename', 'project.create'])
  })
})

describe('keys', () => {
  it('show their secret once and leave a line for each change', async () => {
    const { control } = open
    const wanted = { projectId: ourSibling, name: 'CI', scopes: ['ingest', 'ingest'] as Scope[] }
    const { key, secret } = must(await createApiKey(control, owner, wanted))
    expect(key).toMatchObject({
      name: 'CI',
      scopes: ['ingest'],
      hint: secret.slice(-4),
      createdBy: owner.label,
    })
    const [listed] = must(await listApiKeys(control, owner, { projectId: ourSibling }))
    expect(listed).toEqual(key)
    const revoked = must(await revokeApiKey(control, owner, { projectId: ourSibling, keyId: key.id }))
    expect(revoked.revokedAt).toBe(new Date(open.clock.nowMs).toISOString())
    expect(await revokeApiKey(control, owner, { projectId: ourSibling, keyId: key.id })).toEqual({
      ok: true,
      value: revoked,
    })
    expect((await actionsOn(ourSibling)).slice(0, 2)).toEqual(['api-key.revoke', 'api-key.create'])
    const page = must(await listAudit(control, owner, { projectId: ourSibling, limit: 1 }))
    expect(page.items).toMatchObject([
      { actor: { kind: 'person', label: owner.label }, target: { type: 'api-key', id: key.id } },
    ])
    const next = must(
      await listAudit(control, owner, { projectId: ourSibling, cursor: page.nextCursor ?? '' }),
    )
    expect(next.items[0]?.action).toBe('api-key.create')
  })

  it('take limits after they are made, all of them at once, until they are revoked', async () => {
    const { control } = open
    const limits = { requestsPerMinute: 10, bodyBytesMax: 5000 }
    const wanted = { projectId: ourSibling, name: 'limited', scopes: ['ingest'] as Scope[], limits }
    const { key } = must(await createApiKey(control, owner, wanted))
    const change = { projectId: ourSibling, keyId: key.id, limits: { bytesPerMinute: 70_000 } }
    expect(must(await updateApiKeyLimits(control, owner, change))).toEqual({ ...key, limits: change.limits })
    const listed = must(await listApiKeys(control, owner, { projectId: ourSibling }))
    expect(listed.find(({ id }) => id === key.id)?.limits).toEqual(change.limits)
    const page = must(await listAudit(control, owner, { projectId: ourSibling, limit: 1 }))
    expect(page.items).toMatchObject([{ action: 'api-key.limit', detail: change.limits }])
    const { projectId, keyId } = change
    must(await revokeApiKey(control, owner, { projectId, keyId }))
    expect(await updateApiKeyLimits(control, owner, change)).toMatchObject({ error: { code: 'conflict' } })
  })

  it('cannot be revoked by way of another project of the same organisation', async () => {
    const { control } = open
    const { key } = must(await createApiKey(control, owner, { projectId: ours, name: 'k', scopes: ['read'] }))
    expect(await revokeApiKey(control, owner, { projectId: ourSibling, keyId: key.id })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  it('made by a key have no scope that it lacks', async () => {
    const { control } = open
    const admin = { ...asKey(ours), scopes: new Set<Scope>(['admin', 'read']) }
    const wanted = { projectId: ours, name: 'k' }
    expect(await createApiKey(control, admin, { ...wanted, scopes: ['read', 'ingest'] })).toMatchObject({
      error: { code: 'forbidden' },
    })
    expect(await createApiKey(control, admin, { ...wanted, scopes: ['read'] })).toMatchObject({ ok: true })
  })

  it('are refused with a word on what is wrong with the wish', async () => {
    const { control } = open
    const wanted = { projectId: ours, name: 'k', scopes: ['read'] as Scope[] }
    const wrong = [
      { ...wanted, name: '' },
      { ...wanted, scopes: [] },
      { ...wanted, expiresAt: '2020-01-01T00:00:00Z' },
      { ...wanted, expiresAt: 'soon' },
      { ...wanted, projectId: 'x' },
    ]
    const fields: unknown[] = []
    for (const input of wrong) {
      const outcome = await createApiKey(control, owner, input)
      fields.push(outcome.ok ? 'accepted' : outcome.error.field)
    }
    expect(fields).toEqual(['name', 'scopes', 'expiresAt', 'expiresAt', 'projectId'])
  })
})

describe('members', () => {
  it('are those of the own organisation', async () => {
    expect(must(await listMembers(open.control, owner))).toMatchObject([
      { email: 'ada@example.com', name: 'Ada', role: 'owner' },
    ])
    expect(must(await listMembers(open.control, stranger))).toEqual([])
  })
})

function must<Value>(outcome: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.value
}

function without(principal: Principal, scope: Scope): Principal {
  return { ...principal, scopes: new Set([...principal.scopes].filter((held) => held !== scope)) }
}

function asKey(projectId: ProjectId): Principal {
  const scopes = new Set<Scope>(['ingest', 'read', 'write', 'admin'])
  return { ...owner, kind: 'key', id: 'k', label: 'a key', projectIds: [projectId], scopes }
}

async function actionsOn(projectId: ProjectId): Promise<string[]> {
  return must(await listAudit(open.control, owner, { projectId })).items.map((entry) => entry.action)
}

/** All that a verb could change. */
async function everything(): Promise<unknown[]> {
  const { apiKey, auditLog, priceOverride, project, projectPolicy } = tables
  const { orm } = open.test.db
  return await Promise.all([
    orm.select().from(project).orderBy(project.id),
    orm.select().from(projectPolicy).orderBy(projectPolicy.id),
    orm.select().from(apiKey).orderBy(apiKey.id),
    orm.select().from(priceOverride).orderBy(priceOverride.id),
    orm.select().from(auditLog).orderBy(auditLog.id),
  ])
}
