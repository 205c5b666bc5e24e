import { expect, test } from 'vitest'
import { SourcePaths, findSource, sourcesUpTo } from './source-path.ts'

function walk(paths: SourcePaths, notes: readonly (readonly [field: string, key: string, rule?: string])[]) {
  let at = paths.start()
  for (const [field, key, rule] of notes) {
    at = paths.step(at, field, rule === undefined ? { key } : { key, rule })
  }
  return at
}

test('a field has the source that was noted last, in the place of the first', () => {
  const at = walk(new SourcePaths(), [
    ['usage.input', 'in'],
    ['kind', 'op', 'operation'],
    ['usage.input', 'in', 'direct+cache'],
  ])
  expect(Object.entries(sourcesUpTo(at))).toEqual([
    ['usage.input', 'in#direct+cache'],
    ['kind', 'op#operation'],
  ])
  expect(findSource(at, 'usage.input')?.rule).toBe('direct+cache')
  expect(findSource(at, 'model')).toBeUndefined()
})

test('the same notes in the same order give the same object, others another', () => {
  const paths = new SourcePaths()
  const one = sourcesUpTo(
    walk(paths, [
      ['model', 'a'],
      ['kind', 'b'],
    ]),
  )
  expect(
    sourcesUpTo(
      walk(paths, [
        ['model', 'a'],
        ['kind', 'b'],
      ]),
    ),
  ).toBe(one)
  expect(
    sourcesUpTo(
      walk(paths, [
        ['model', 'a'],
        ['kind', 'c'],
      ]),
    ),
  ).not.toEqual(one)
  expect(sourcesUpTo(walk(paths, [['model', 'a']]))).toEqual({ model: 'a#direct' })
})

test('senders that number their keys are told right, and not remembered for ever', () => {
  const paths = new SourcePaths()
  for (let n = 0; n < 30_000; n += 1) {
    const at = walk(paths, [
      ['input', `event.${n % 100}`],
      ['output', `event.${n}`],
    ])
    expect(sourcesUpTo(at)).toEqual({ input: `event.${n % 100}#direct`, output: `event.${n}#direct` })
  }
  expect(paths.start().next.length).toBeLessThanOrEqual(40)
})
