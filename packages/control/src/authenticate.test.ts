import { performance } from 'node:perf_hooks'
import { openDb } from '@clew/db'
import type { Db } from '@clew/db'
import type { ProjectId } from '@clew/domain'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createApiKey } from './api-key/create-api-key.ts'
import { listApiKeys } from './api-key/list-api-keys.ts'
import { revokeApiKey } from './api-key/revoke-api-key.ts'
import { authenticate } from './authenticate.ts'
import { openControl } from './control.ts'
import type { Control } from './control.ts'
import type { Principal, Scope } from './principal.ts'
import { openTestControl, setUp, testSecret } from './testing/open-test-control.ts'
import type { TestControl } from './testing/open-test-control.ts'

let open: TestControl
let owner: Principal
let cookie: string
let projectId: ProjectId

beforeAll(async () => {
  open = await openTestControl()
  const first = await setUp(open.control)
  ;({ owner, cookie } = first)
  projectId = first.project.id
})
afterAll(async () => await open.close())

describe('authenticate', () => {
  it('takes a key in every place where clients put it', async () => {
    const { secret } = await makeKey(['ingest'])
    const places: Record<string, string>[] = [
      { authorization: `Bearer ${secret}` },
      { authorization: `bearer  ${secret} ` },
      { authorization: basic(`pk-lf-1:${secret}`) },
      { authorization: basic(`${secret}:`) },
      { authorization: basic(`${secret}:x`) },
      { authorization: basic(secret) },
      { 'x-api-key': secret },
      { authorization: 'Digest a=b', 'x-api-key': secret },
      { authorization: `Bearer ${secret}`, cookie },
    ]
    for (const headers of places) {
      for (const given of [headers, new Headers(headers)]) {
        expect(await authenticate(open.control, given)).toMatchObject({
          ok: true,
          value: { kind: 'key', projectIds: [projectId], scopes: new Set(['ingest']), mayReadContent: false },
        })
      }
    }
  })

  it('takes the session cookie, and gives a person every scope but ingest', async () => {
    expect(await authenticate(open.control, { cookie })).toMatchObject({
      ok: true,
      value: { kind: 'person', scopes: new Set(['read', 'write', 'admin']), projectIds: [projectId] },
    })
    expect(await authenticate(open.control, { cookie: `other=1; ${cookie}` })).toMatchObject({ ok: true })
  })

  it('says why it refuses, with no more of the key than its end', async () => {
    const { control } = open
    const unknown = 'clew_sk_0123456789abcdefghijklmnopqrstuv'
    const codes: unknown[] = []
    const tried: Record<string, string>[] = [
      {},
      { authorization: 'Bearer ' },
      { cookie: 'clew.session_token=forged.signature' },
      { authorization: `Bearer ${unknown}` },
      { 'x-api-key': 'short' },
      { 'x-api-key': 'x'.repeat(100_000) },
      { authorization: 'Basic !!!' },
      { authorization: `Bearer ${unknown}`, cookie },
    ]
    for (const headers of tried) {
      const outcome = await authenticate(control, headers)
      codes.push(outcome.ok ? 'admitted' : [outcome.error.code, outcome.error.hint])
    }
    expect(codes).toEqual([
      ['missing', undefined],
      ['missing', undefined],
      ['missing', undefined],
      ['unknown-key', 'stuv'],
      ['unknown-key', undefined],
      ['unknown-key', undefined],
      ['unknown-key', undefined],
      ['unknown-key', 'stuv'],
    ])
  })

  it('admits a key from the moment it is made, though it was refused just before', async () => {
    const { secret } = await makeKey(['read'])
    await expect(authenticate(open.control, { 'x-api-key': `${secret}x` })).resolves.toMatchObject({
      ok: false,
    })
    const again = await makeKey(['read'])
    expect(await authenticate(open.control, { 'x-api-key': again.secret })).toMatchObject({ ok: true })
  })

  it('refuses a key from the moment it expires', async () => {
    const { control, clock } = open
    const expiresAt = new Date(clock.nowMs + 1000).toISOString()
    const { secret } = await makeKey(['read'], expiresAt)
    expect(await authenticate(control, { 'x-api-key': secret })).toMatchObject({ ok: true })
    clock.nowMs += 1000
    expect(await authenticate(control, { 'x-api-key': secret })).toMatchObject({
      error: { code: 'expired-key' },
    })
  })

  it('remembers when a key was last used, and writes it', async () => {
    const { control, clock } = open
    const { key, secret } = await makeKey(['read'])
    await authenticate(control, { 'x-api-key': secret })
    const lastUsed = async () => {
      const keys = await listApiKeys(control, owner, { projectId })
      return keys.ok ? keys.value.find(({ id }) => id === key.id)?.lastUsedAt : undefined
    }
    const now = new Date(clock.nowMs).toISOString()
    expect(await lastUsed()).toBe(now)
    await control.usage.flush()
    expect(await lastUsed()).toBe(now)
  })

  it('asks the database one question at most each 400 ms while nothing changes', async () => {
    const { secret } = await makeKey(['read'])
    const counted = { selects: 0 }
    const elsewhere = await openElsewhere((db) => ({ ...db, orm: countSelects(db.orm, counted) }))
    await authenticate(elsewhere.control, { 'x-api-key': secret })
    counted.selects = 0
    const startedAtMs = performance.now()
    for (let count = 0; count < 2000; count += 1) {
      await authenticate(elsewhere.control, { 'x-api-key': secret })
      await authenticate(elsewhere.control, { 'x-api-key': 'an-unknown-key' })
    }
    const allowed = 2 + Math.ceil((performance.now() - startedAtMs) / 400)
    expect(counted.selects).toBeLessThanOrEqual(allowed)
    await elsewhere.close()
  })
})

describe('while the database is away', () => {
  it('admits the keys that it knows and cannot say of others', async () => {
    const { secret } = await makeKey(['read'])
    const other = await makeKey(['read'])
    const outage = { isAway: false }
    const elsewhere = await openElsewhere((db) => ({ ...db, orm: failing(db.orm, outage) }))
    expect(await authenticate(elsewhere.control, { 'x-api-key': secret })).toMatchObject({ ok: true })
    outage.isAway = true
    expect(await authenticate(elsewhere.control, { 'x-api-key': secret })).toMatchObject({ ok: true })
    expect(await authenticate(elsewhere.control, { 'x-api-key': other.secret })).toMatchObject({
      error: { code: 'unavailable' },
    })
    outage.isAway = false
    expect(await authenticate(elsewhere.control, { 'x-api-key': other.secret })).toMatchObject({ ok: true })
    await elsewhere.close()
  })
})

describe('a revoked key', () => {
  it('is refused at once by the process that revoked it', async () => {
    const { control } = open
    const { key, secret } = await makeKey(['read'])
    expect(await authenticate(control, { 'x-api-key': secret })).toMatchObject({ ok: true })
    await revokeApiKey(control, owner, { projectId, keyId: key.id })
    expect(await authenticate(control, { 'x-api-key': secret })).toMatchObject({
      error: { code: 'revoked-key' },
    })
  })

  it.each(['with', 'without'])(
    'is refused within a second by another process, %s notifications',
    async (which) => {
      const elsewhere = await openElsewhere(which === 'with' ? (db) => db : deafen)
      const { key, secret } = await makeKey(['read'])
      expect(await authenticate(elsewhere.control, { 'x-api-key': secret })).toMatchObject({ ok: true })
      await revokeApiKey(open.control, owner, { projectId, keyId: key.id })
      const revokedAt = performance.now()
      await vi.waitFor(
        async () => {
          expect(await authenticate(elsewhere.control, { 'x-api-key': secret })).toMatchObject({
            error: { code: 'revoked-key' },
          })
        },
        { interval: 5, timeout: 1000 },
      )
      expect(performance.now() - revokedAt).toBeLessThan(1000)
      await elsewhere.close()
    },
  )
})

async function makeKey(scopes: Scope[], expiresAt?: string) {
  const wanted = { projectId, name: 'k', scopes, ...(expiresAt !== undefined && { expiresAt }) }
  const made = await createApiKey(open.control, owner, wanted)
  if (!made.ok) throw new Error(made.error.message)
  return made.value
}

/** A second control: over a connection of its own where the engine allows it, else over the same database. */
async function openElsewhere(
  alter: (db: Db) => Db,
): Promise<{ control: Control; close: () => Promise<void> }> {
  const { url, db } = open.test
  const own = url === undefined ? undefined : await openDb({ url })
  const control = await openControl({
    db: alter(own ?? db),
    secret: testSecret,
    publicUrl: 'http://127.0.0.1:4000',
    clock: () => open.clock.nowMs,
  })
  return {
    control,
    async close() {
      await control.close()
      await own?.close()
    },
  }
}

function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString('base64')}`
}

function deafen(db: Db): Db {
  return { ...db, listen: async () => async () => {} }
}

function failing(orm: Db['orm'], outage: { isAway: boolean }): Db['orm'] {
  return new Proxy(orm, {
    get(target, property, receiver) {
      if (!outage.isAway) return Reflect.get(target, property, receiver)
      throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    },
  })
}

function countSelects(orm: Db['orm'], counted: { selects: number }): Db['orm'] {
  return new Proxy(orm, {
    get(target, property, receiver) {
      if (property === 'select') counted.selects += 1
      return Reflect.get(target, property, receiver)
    },
  })
}
