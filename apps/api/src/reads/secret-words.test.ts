import { defaultRules } from '@clew/privacy'
import { expect, test } from 'vitest'
import { listFurtherKinds, listSecretKinds } from './secret-words.ts'

test('every rule that is in force has words, and no other', () => {
  const kinds = listSecretKinds()
  expect(kinds.map(({ rule }) => rule)).toEqual(defaultRules.map(({ name }) => name))
  const wordless = [...kinds, ...listFurtherKinds()].filter(
    ({ rule, title, looks }) => title === rule || looks === '',
  )
  expect(wordless).toEqual([])
})
