import { expect, test } from 'vitest'
import { createRunFinder } from './find-runs.ts'

function runsOf(text: string): { tokens: string[]; numbers: string[] } {
  const found: { tokens: string[]; numbers: string[] } = { tokens: [], numbers: [] }
  createRunFinder(0)(text, {
    token: (run) => found.tokens.push(run) < 0,
    number: (run) => found.numbers.push(run.trim()) < 0,
  })
  return found
}

test('a run of thirteen is found at whatever distance from the start, one of twelve never', () => {
  for (let before = 0; before < 40; before += 1) {
    const text = `${'. '.repeat(before)}abcdefghijklm. ${'. '.repeat(20)}abcdefghijkl.`
    expect({ before, tokens: runsOf(text).tokens }).toEqual({ before, tokens: ['abcdefghijklm'] })
  }
})

test('a card number is found with spaces, with dashes and without, and so is the token that holds it', () => {
  for (let before = 0; before < 30; before += 1) {
    const lead = 'x.'.repeat(before)
    expect(runsOf(`${lead}4111 1111 1111 1111.`).numbers).toEqual(['4111 1111 1111 1111'])
    expect(runsOf(`${lead}4111-1111-1111-1111.`)).toEqual({
      tokens: ['4111-1111-1111-1111'],
      numbers: ['4111-1111-1111-1111'],
    })
  }
})

test('letters beyond ASCII end a run', () => {
  expect(runsOf(`${'a'.repeat(12)}é${'b'.repeat(13)}漢${'c'.repeat(20)}`).tokens).toEqual([
    'b'.repeat(13),
    'c'.repeat(20),
  ])
})

test('what stands before a run comes with it, in any script and however long the text is', () => {
  const before: string[] = []
  const find = createRunFinder(4)
  for (const lead of ['. '.repeat(20), 'é漢'.repeat(20), '. '.repeat(200_000), 'é漢'.repeat(100_000)]) {
    find(`${lead} x: ${'a'.repeat(20)}`, { token: (run) => before.push(run) < 0, number: () => false })
  }
  expect(before).toEqual(Array.from({ length: 4 }, () => ` x: ${'a'.repeat(20)}`))
})
