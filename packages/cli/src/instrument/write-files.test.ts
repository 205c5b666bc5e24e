import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFiles } from './write-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clew-write-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)

test('files are written with what they hold, a secret one for the person alone', async () => {
  writeFileSync(at('old'), 'before')
  await writeFiles([
    { file: at('old'), before: 'before', after: 'after' },
    { file: at('new/.env'), before: undefined, after: 'A=1', isSecret: true },
  ])
  expect(readFileSync(at('old'), 'utf8')).toBe('after')
  expect(statSync(at('new/.env')).mode & 0o777).toBe(0o600)
  expect(new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }))).toEqual(
    new Set(['new', 'new/.env', 'old']),
  )
})

test.each([
  ['was changed after it was read', 'old', 'something else', /changed meanwhile/],
  ['lies where no folder can be', 'old/below', undefined, /not a directory/],
])('none is written when one %s', async (_, name, before, message) => {
  writeFileSync(at('old'), 'before')
  const writing = writeFiles([
    { file: at('first'), before: undefined, after: 'first' },
    { file: at(name), before, after: 'after' },
  ])
  await expect(writing).rejects.toThrow(message)
  expect(readdirSync(folder)).toEqual(['old'])
  expect(readFileSync(at('old'), 'utf8')).toBe('before')
})
