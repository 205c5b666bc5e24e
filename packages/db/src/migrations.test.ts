import { readFile } from 'node:fs/promises'
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { describe, expect, it } from 'vitest'
import * as schema from './schema/index.ts'

const meta = new URL('../migrations/meta/', import.meta.url)

describe('migrations', () => {
  it('build exactly the schema that the code declares (else run `drizzle-kit generate`)', async () => {
    const journal = JSON.parse(await readFile(new URL('_journal.json', meta), 'utf8'))
    const newest = String(journal.entries.at(-1).idx).padStart(4, '0')
    const snapshot = JSON.parse(await readFile(new URL(`${newest}_snapshot.json`, meta), 'utf8'))
    const declared = generateDrizzleJson(schema, snapshot.id, undefined, 'snake_case')
    expect(await generateMigration(snapshot, declared)).toEqual([])
  })
})
