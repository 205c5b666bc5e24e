import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { isMigrated, migrateDb } from './migrate-db.ts'
import { openDb } from './open-db.ts'
import { organisation } from './schema/index.ts'
import { readTestServerUrl } from './testing/config.ts'
import { openTestDb } from './testing/open-test-db.ts'
import type { TestDb } from './testing/open-test-db.ts'

describe('openDb', () => {
  it('names the schemes it knows when the URL has another', async () => {
    await expect(openDb({ url: 'mysql://localhost/clew' })).rejects.toThrow('"pglite:" or "postgres://"')
    await expect(openDb({ url: 'pglite:' })).rejects.toThrow('names no directory')
  })

  it('says which server it cannot reach, and never the password', async () => {
    const opening = openDb({ url: 'postgres://clew:hunter22@127.0.0.1:1/clew', reachWithinMs: 10 })
    const error = await opening.catch((caught: unknown) => caught)
    expect(String(error)).toContain('cannot use the database at 127.0.0.1:1/clew: connect ECONNREFUSED')
    expect(String(error)).not.toContain('hunter22')
  })
})

describe('an open database', () => {
  let test: TestDb

  beforeAll(async () => {
    test = await openTestDb()
  })
  afterAll(async () => await test.close())

  it('is migrated, says so, and migrating again changes nothing', async () => {
    expect(await isMigrated(test.db)).toBe(true)
    await Promise.all([migrateDb(test.db), migrateDb(test.db)])
    expect(await isMigrated(test.db)).toBe(true)
    expect(await test.db.ping()).toBe(true)
  })

  it('refuses to migrate from a folder that holds no migrations', async () => {
    const elsewhere = { ...test.db, migrationsFolder: join(tmpdir(), 'no-such-folder') }
    await expect(migrateDb(elsewhere)).rejects.toThrow('no migrations at')
  })

  it('gives dates, numbers, lists and JSON back as they went in', async () => {
    const { rows } = await test.db.orm.execute(
      sql`select ${sql.param(['a', 'b"c\\', ',{}'])}::text[] as list, ${JSON.stringify({ a: 1 })}::jsonb as json,
        3::int as small, ${'x'.repeat(9000)}::text as long, true as yes, null as nothing`,
    )
    expect(rows).toEqual([
      {
        list: ['a', 'b"c\\', ',{}'],
        json: { a: 1 },
        small: 3,
        long: 'x'.repeat(9000),
        yes: true,
        nothing: null,
      },
    ])
  })

  it('rolls a failed transaction back and goes on', async () => {
    const insert = test.db.orm.transaction(async (tx) => {
      await tx.insert(organisation).values({ name: 'never' })
      throw new Error('no')
    })
    await expect(insert).rejects.toThrow('no')
    expect(await test.db.orm.select().from(organisation)).toEqual([])
  })

  it('keeps transactions that run at once apart', async () => {
    const bumps = Array.from({ length: 8 }, async (_, index) => {
      await test.db.orm.transaction(async (tx) => {
        await tx.insert(organisation).values({ name: `one of ${index}` })
        await tx.insert(organisation).values({ name: `two of ${index}` })
        if (index % 2 === 1) tx.rollback()
      })
    })
    const settled = await Promise.allSettled(bumps)
    expect(settled.filter((each) => each.status === 'fulfilled')).toHaveLength(4)
    expect(await test.db.orm.select().from(organisation)).toHaveLength(8)
  })

  it('hands a notification to its listeners when the transaction commits, and not before', async () => {
    const heard: string[] = []
    const stop = await test.db.listen({ channel: 'try', onMessage: (text) => heard.push(text), onGap() {} })
    await test.db.orm.transaction(async (tx) => {
      await tx.execute(sql`select pg_notify('try', 'one')`)
      await tx.execute(sql`select pg_notify('other', 'not mine')`)
      expect(heard).toEqual([])
    })
    await vi.waitFor(() => expect(heard).toEqual(['one']))
    await stop()
    await test.db.orm.execute(sql`select pg_notify('try', 'two')`)
    expect(heard).toEqual(['one'])
  })
})

describe.runIf(readTestServerUrl() !== undefined)('a lost listening connection', () => {
  it('comes back by itself, tells of the gap and hears again', async () => {
    const test = await openTestDb()
    const heard: string[] = []
    let gaps = 0
    await test.db.listen({ channel: 'try', onMessage: (text) => heard.push(text), onGap: () => (gaps += 1) })
    expect(await test.cutListeners()).toBe(1)
    await vi.waitFor(() => expect(gaps).toBe(1), { timeout: 5000 })
    await test.db.orm.execute(sql`select pg_notify('try', 'again')`)
    await vi.waitFor(() => expect(heard).toEqual(['again']))
    await test.close()
  })
})

describe('the embedded engine in a directory', () => {
  let directory: string

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'clew-db-'))
  })
  afterEach(async () => await rm(join(directory, 'lock'), { force: true }))
  afterAll(async () => await rm(directory, { recursive: true, force: true }))

  it('keeps what was written, after a start that died half-way and with a template that is broken', async () => {
    const templateFile = join(directory, 'template')
    await writeFile(templateFile, 'broken')
    await mkdir(join(directory, 'data.draft'))
    await writeFile(join(directory, 'data.draft', 'PG_VERSION'), '1')
    const first = await openDb({ url: `pglite:${directory}`, templateFile })
    await migrateDb(first)
    await first.orm.insert(organisation).values({ name: 'kept' })
    await first.close()
    const second = await openDb({ url: `pglite:${directory}` })
    expect(await second.orm.select({ name: organisation.name }).from(organisation)).toEqual([
      { name: 'kept' },
    ])
    await second.close()
    await expect(second.orm.select().from(organisation)).rejects.toThrow('Failed query')
    expect(await second.ping()).toBe(false)
  })

  it('lets one process in and names the other', async () => {
    const db = await openDb({ url: `pglite:${directory}` })
    await expect(openDb({ url: `pglite:${directory}` })).rejects.toThrow(`in use by process ${process.pid}`)
    await db.close()
    await expect(readFile(join(directory, 'lock'))).rejects.toThrow('ENOENT')
  })

  it('takes over the lock of a process that is gone, or that was another with the same pid', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    const stale = [
      { pid: child.pid, startedAs: 'x', host: hostname(), id: 'a' },
      { pid: process.pid, startedAs: 'another start', host: hostname(), id: 'b' },
    ]
    for (const owner of stale) {
      await writeFile(join(directory, 'lock'), JSON.stringify(owner))
      const db = await openDb({ url: `pglite:${directory}` })
      expect(await db.ping()).toBe(true)
      await db.close()
    }
    const elsewhere = { pid: 1, startedAs: 'x', host: 'another-container', id: 'c' }
    await writeFile(join(directory, 'lock'), JSON.stringify(elsewhere))
    await utimes(join(directory, 'lock'), new Date(0), new Date(0))
    await (await openDb({ url: `pglite:${directory}` })).close()
    await writeFile(join(directory, 'lock'), 'half a lo')
    const db = await openDb({ url: `pglite:${directory}` })
    expect(await db.ping()).toBe(true)
    await db.close()
  })
})
