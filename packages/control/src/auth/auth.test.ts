import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openControl } from '../control.ts'
import { firstPerson, openTestControl, setUp, testSecret } from '../testing/open-test-control.ts'
import type { TestControl } from '../testing/open-test-control.ts'
import { authenticate } from '../authenticate.ts'
import { handleAuthRequest } from './handle-auth-request.ts'

let open: TestControl
const publicUrl = 'http://127.0.0.1:4000'

beforeAll(async () => {
  open = await openTestControl()
  await setUp(open.control)
})
afterAll(async () => await open.close())

const right = { email: firstPerson.email, password: firstPerson.password }

describe('signing in', () => {
  it('gives a cookie that authenticates, which signing out ends', async () => {
    const reply = await post('/sign-in/email', right)
    expect(reply.status).toBe(200)
    const [line = ''] = reply.headers.getSetCookie()
    expect(line).toMatch(/^clew\.session_token=.*HttpOnly.*SameSite=Lax/)
    expect(line).not.toContain('Secure')
    const cookie = line.slice(0, line.indexOf(';'))
    expect(await authenticate(open.control, { cookie })).toMatchObject({ ok: true })
    expect((await post('/sign-out', {}, { headers: { cookie } })).status).toBe(200)
    expect(await authenticate(open.control, { cookie })).toMatchObject({ error: { code: 'missing' } })
  })

  it('takes the e-mail address in any case, and no wrong password', async () => {
    expect((await post('/sign-in/email', { ...right, email: 'ADA@EXAMPLE.COM' })).status).toBe(200)
    expect((await post('/sign-in/email', { ...right, password: 'wrong horse' })).status).toBe(401)
    expect((await post('/sign-in/email', { ...right, email: 'eve@example.com' })).status).toBe(401)
  })

  it('lets nobody make an account', async () => {
    const reply = await post('/sign-up/email', {
      email: 'eve@example.com',
      password: 'long enough',
      name: 'Eve',
    })
    expect(reply.status).toBe(400)
  })

  it.each([
    ['the public URL', publicUrl, 200],
    ['this machine by another name', 'http://localhost:4000', 200],
    ['the host that was asked', 'http://clew.lan:4000', 200],
    ['another port of this machine', 'http://localhost:5000', 403],
    ['another site', 'https://evil.example', 403],
    ['another site that is named alike', 'http://clew.lan:4000.evil.example', 403],
  ])('from a page of %s', async (_, origin, status) => {
    const headers = { origin, host: 'clew.lan:4000', cookie: 'clew.session_token=x' }
    expect((await post('/sign-in/email', right, { headers })).status).toBe(status)
  })

  it('is slowed down for one address after ten attempts a minute, whatever it claims to be', async () => {
    const statuses: number[] = []
    const waits: (string | null)[] = []
    // Refused before any password is hashed, and counted all the same.
    const wrong = { ...right, email: 'no address' }
    for (let attempt = 0; attempt < 11; attempt += 1) {
      const headers = { 'x-clew-client-address': `10.9.9.${attempt}`, 'x-forwarded-for': `10.9.9.${attempt}` }
      const reply = await post('/sign-in/email', wrong, { headers, address: '10.0.0.9' })
      statuses.push(reply.status)
      waits.push(reply.headers.get('retry-after'))
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 400), 429])
    expect(waits.at(-1)).toBe('60')
    expect((await post('/sign-in/email', right, { address: '10.0.0.10' })).status).toBe(200)
    open.clock.nowMs += 60_000
    expect((await post('/sign-in/email', right, { address: '10.0.0.9' })).status).toBe(200)
  })

  it('sends its cookie over https only when that is how Clew is reached', async () => {
    const control = await openControl({
      db: open.test.db,
      secret: testSecret,
      publicUrl: 'https://clew.example',
    })
    const [line = ''] = await control.auth.signIn(right)
    expect(line).toMatch(/^__Secure-clew\.session_token=.*Secure/)
    expect(await authenticate(control, { cookie: line.slice(0, line.indexOf(';')) })).toMatchObject({
      ok: true,
    })
    await control.close()
  })
})

describe('openControl', () => {
  it('refuses a secret that can be guessed', async () => {
    const opening = openControl({ db: open.test.db, secret: 'short', publicUrl })
    await expect(opening).rejects.toThrow('CLEW_SECRET must have at least 32 characters; it has 5')
  })
})

let nextAddress = 1

async function post(
  path: string,
  body: object,
  from: { headers?: Record<string, string>; address?: string } = {},
): Promise<Response> {
  nextAddress += 1
  const request = new Request(`${publicUrl}/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: publicUrl, ...from.headers },
    body: JSON.stringify(body),
  })
  return await handleAuthRequest(open.control, request, {
    clientAddress: from.address ?? `10.1.0.${nextAddress}`,
  })
}
