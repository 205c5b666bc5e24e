import { tables } from '@clew/db'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { authenticate } from '../authenticate.ts'
import { listAudit } from '../audit/list-audit.ts'
import { firstPerson, openTestControl, setUp } from '../testing/open-test-control.ts'
import type { TestControl } from '../testing/open-test-control.ts'
import { completeSetup } from './complete-setup.ts'
import { ensureInitial } from './ensure-initial.ts'
import { firstRunLink } from './first-run-link.ts'
import { firstRunToken } from './first-run-token.ts'
import { readSetupState } from './read-setup-state.ts'

let open: TestControl

beforeAll(async () => {
  open = await openTestControl()
})
beforeEach(async () => await open.startAfresh())
afterAll(async () => await open.close())

describe('the first run', () => {
  it('offers a link until the first person exists, the same one to every process', async () => {
    const { control } = open
    expect(await readSetupState(control)).toEqual({ needed: true })
    const link = await firstRunLink(control)
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:4000\/setup\?token=[\w-]{43}$/)
    expect(await firstRunLink(control)).toBe(link)
    await setUp(control)
    expect(await readSetupState(control)).toEqual({ needed: false })
    expect(await firstRunLink(control)).toBeUndefined()
  })

  it('makes a person who is signed in, a project and a key that works', async () => {
    const { control } = open
    const { project, key, owner } = await setUp(control)
    expect(project).toMatchObject({ slug: 'support-desk', name: 'Support Désk' })
    expect(owner).toMatchObject({ kind: 'person', label: 'ada@example.com', projectIds: [project.id] })
    expect(owner.mayReadContent).toBe(true)
    expect(key.secret).toMatch(/^clew_sk_[0-9A-Za-z]{32}$/)
    const admitted = await authenticate(control, { authorization: `Bearer ${key.secret}` })
    expect(admitted).toMatchObject({ ok: true, value: { kind: 'key', projectIds: [project.id] } })
    const audit = await listAudit(control, owner)
    expect(audit.ok && audit.value.items.map((entry) => entry.action)).toEqual([
      'person.sign-in',
      'setup.complete',
    ])
  })

  it('stores neither the password nor the key', async () => {
    const { key } = await setUp(open.control)
    const stored = JSON.stringify([
      await open.test.db.orm.select().from(tables.apiKey),
      await open.test.db.orm.select().from(tables.account),
    ])
    expect(stored).not.toContain(key.secret)
    expect(stored).not.toContain(firstPerson.password)
  })

  it('takes its token once, and no other token', async () => {
    const { control } = open
    const token = firstRunToken(control)
    for (const wrong of ['', 'x', token.slice(1), `${token}x`]) {
      expect(await completeSetup(control, { ...firstPerson, token: wrong })).toMatchObject({
        ok: false,
        error: { code: 'forbidden' },
      })
    }
    const both = await Promise.all([
      completeSetup(control, { ...firstPerson, token }),
      completeSetup(control, { ...firstPerson, email: 'eve@example.com', token }),
    ])
    expect(both.filter((done) => done.ok)).toHaveLength(1)
    expect(await completeSetup(control, { ...firstPerson, token })).toMatchObject({ ok: false })
    expect(await open.test.db.orm.select().from(tables.person)).toHaveLength(1)
    expect(await open.test.db.orm.select().from(tables.organisation)).toHaveLength(1)
  })

  it('names the field that is wrong and keeps the token good', async () => {
    const { control } = open
    const token = firstRunToken(control)
    const wrong = [
      { ...firstPerson, email: 'nobody' },
      { ...firstPerson, password: 'short' },
      { ...firstPerson, name: '  ' },
    ]
    const fields: (string | undefined)[] = []
    for (const input of wrong) {
      const done = await completeSetup(control, { ...input, token })
      fields.push(done.ok ? undefined : done.error.field)
    }
    expect(fields).toEqual(['email', 'password', 'name'])
    expect(await completeSetup(control, { ...firstPerson, token })).toMatchObject({ ok: true })
  })
})

describe('the headless first start', () => {
  const wanted = {
    adminEmail: 'ops@example.com',
    adminPassword: 'pass word',
    project: 'Shop',
    apiKey: 'any-string-of-24-chars-ok',
  }

  it('makes person, project and key, and nothing more the second time', async () => {
    const { control, test } = open
    const first = await ensureInitial(control, wanted)
    expect(first.ok).toBe(true)
    expect(await ensureInitial(control, { ...wanted, adminPassword: 'another password' })).toEqual(first)
    expect(await Promise.all([ensureInitial(control, wanted), ensureInitial(control, wanted)])).toEqual([
      first,
      first,
    ])
    const counts = [
      tables.organisation,
      tables.person,
      tables.account,
      tables.project,
      tables.apiKey,
      tables.auditLog,
    ]
    expect(await Promise.all(counts.map(async (table) => await test.db.orm.$count(table)))).toEqual([
      1, 1, 1, 1, 1, 3,
    ])
    expect(await readSetupState(control)).toEqual({ needed: false })
    expect(
      await control.auth.signIn({ email: wanted.adminEmail, password: wanted.adminPassword }),
    ).toHaveLength(1)
    expect(await authenticate(control, { 'x-api-key': wanted.apiKey })).toMatchObject({
      ok: true,
      value: { scopes: new Set(['ingest', 'read']) },
    })
  })

  it('takes any key that a header can carry', async () => {
    const { control } = open
    const apiKey = 'a key: with "spaces" and colons'
    await ensureInitial(control, { apiKey })
    const basic = Buffer.from(apiKey).toString('base64')
    for (const authorization of [`Bearer ${apiKey}`, `Basic ${basic}`]) {
      expect(await authenticate(control, { authorization })).toMatchObject({ ok: true })
    }
    expect(await ensureInitial(control, { apiKey: `${apiKey}…` })).toMatchObject({
      error: { code: 'invalid' },
    })
  })

  it('says which variable is wrong', async () => {
    const { control } = open
    const messages: (string | undefined)[] = []
    const wrong = [
      { ...wanted, apiKey: 'too short' },
      { ...wanted, adminPassword: 'short' },
      { ...wanted, adminEmail: 'x' },
      { adminEmail: 'a@b.co' },
      { adminPassword: 'long enough' },
    ]
    for (const input of wrong) {
      const done = await ensureInitial(control, input)
      messages.push(done.ok ? undefined : done.error.message)
    }
    expect(messages).toEqual([
      'CLEW_INIT_API_KEY must have at least 24 characters',
      'CLEW_INIT_ADMIN_PASSWORD must have at least 8 characters',
      'CLEW_INIT_ADMIN_EMAIL is not an e-mail address',
      'CLEW_INIT_ADMIN_PASSWORD is missing: e-mail and password go together',
      'CLEW_INIT_ADMIN_EMAIL is missing: e-mail and password go together',
    ])
    expect(await ensureInitial(control, {})).toEqual({ ok: true, value: {} })
    expect(await readSetupState(control)).toEqual({ needed: true })
  })

  it('leaves the set-up page to a person when it brings only a key', async () => {
    const { control } = open
    const { apiKey, project } = wanted
    await ensureInitial(control, { apiKey, project })
    expect(await readSetupState(control)).toEqual({ needed: true })
    await setUp(control)
    expect(await open.test.db.orm.select().from(tables.organisation)).toHaveLength(1)
  })
})
