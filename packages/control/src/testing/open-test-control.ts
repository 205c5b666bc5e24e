import { openTestDb } from '@clew/db/testing'
import type { TestDb } from '@clew/db/testing'
import { openControl } from '../control.ts'
import type { Control } from '../control.ts'
import { authenticate } from '../authenticate.ts'
import type { Principal } from '../principal.ts'
import { completeSetup } from '../setup/complete-setup.ts'
import type { CompletedSetup } from '../setup/complete-setup.ts'
import { firstRunToken } from '../setup/first-run-token.ts'

export interface TestControl {
  test: TestDb
  control: Control
  /** A clock that stands still until it is set. */
  clock: { nowMs: number }
  /** Empties the database and opens control again. */
  startAfresh: () => Promise<void>
  close: () => Promise<void>
}

export const testSecret = 'a secret for tests, long enough to be one'

/** Control on an empty database, with a clock that only the test moves. */
export async function openTestControl(): Promise<TestControl> {
  const test = await openTestDb()
  const clock = { nowMs: Date.parse('2026-01-01T12:00:00Z') }
  const openAgain = async () =>
    await openControl({
      db: test.db,
      secret: testSecret,
      publicUrl: 'http://127.0.0.1:4000',
      clock: () => clock.nowMs,
    })
  const open: TestControl = {
    test,
    control: await openAgain(),
    clock,
    async startAfresh() {
      await open.control.close()
      await test.empty()
      open.control = await openAgain()
    },
    async close() {
      await open.control.close()
      await test.close()
    },
  }
  return open
}

export const firstPerson = {
  email: 'Ada@Example.com',
  password: 'correct horse',
  name: 'Ada',
  projectName: 'Support Désk',
}

/** The first person, project and key, and the person's principal. */
export async function setUp(
  control: Control,
): Promise<CompletedSetup & { owner: Principal; cookie: string }> {
  const done = await completeSetup(control, { token: firstRunToken(control), ...firstPerson })
  if (!done.ok) throw new Error(done.error.message)
  const cookie = done.value.setCookies.map((line) => line.slice(0, line.indexOf(';'))).join('; ')
  const owner = await authenticate(control, { cookie })
  if (!owner.ok) throw new Error(owner.error.message)
  return { ...done.value, owner: owner.value, cookie }
}
