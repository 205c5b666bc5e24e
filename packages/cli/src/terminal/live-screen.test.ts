import { expect, test } from 'vitest'
import { plainEnvironment } from '../testing/plain-environment.ts'
import { recordSink } from '../testing/record-sink.ts'
import { showScreen } from '../testing/show-screen.ts'
import { LiveScreen } from './live-screen.ts'
import { openTerminal } from './terminal.ts'

function open(size?: { columns: number; rows: number }) {
  const stdout = recordSink(size)
  const terminal = openTerminal({
    stdout,
    stderr: recordSink(),
    environment: plainEnvironment,
    noColor: false,
  })
  return { screen: new LiveScreen(terminal), text: stdout.text, seen: () => showScreen(stdout.text()) }
}

const done = (key: string, text = key) => ({ key, text, isFinal: true })
const open1 = (key: string, text = key) => ({ key, text, isFinal: false })

test('only what still changes is drawn again, and what is finished never moves', () => {
  const { screen, seen } = open({ columns: 80, rows: 24 })
  screen.show([done('a'), open1('b', 'b 1 s')], ['so far 1 s'])
  expect(seen()).toEqual(['a', 'b 1 s', 'so far 1 s', ''])
  screen.show([done('a'), open1('b', 'b 2 s')], ['so far 2 s'])
  expect(seen()).toEqual(['a', 'b 2 s', 'so far 2 s', ''])
  screen.show([done('a'), done('b', 'b 3 s'), open1('c')], ['so far 3 s'])
  screen.finish([done('a'), done('b', 'b, told otherwise'), open1('c', 'c lost')])
  expect(seen()).toEqual(['a', 'b 3 s', 'c lost', ''])
})

test('a step that ends before one above it waits, so that the order stays', () => {
  const { screen, seen } = open({ columns: 80, rows: 24 })
  screen.show([open1('outer'), done('inner')])
  screen.show([done('outer', 'outer done'), done('inner')])
  expect(seen()).toEqual(['outer done', 'inner', ''])
})

test('what does not fit the height is left out above, never wrapped around', () => {
  const { screen, seen } = open({ columns: 80, rows: 4 })
  screen.show(
    ['a', 'b', 'c', 'd', 'e'].map((key) => open1(key)),
    ['tail'],
  )
  expect(seen()).toEqual(['d', 'e', 'tail', ''])
})

test('a pipe gets each line once, when it is finished, and no escape sequences', () => {
  const { screen, text } = open()
  screen.show([done('a'), open1('b', 'b 1 s')], ['tail'])
  screen.show([done('a'), done('b', 'b 2 s')], ['tail'])
  screen.finish([done('a'), done('b'), open1('c')])
  expect(text()).toBe('a\nb 2 s\nc\n')
})

test('a note stands between finished lines and what is still drawn', () => {
  const { screen, seen } = open({ columns: 80, rows: 24 })
  screen.show([done('a'), open1('b')], ['tail'])
  screen.note('.. connection lost')
  screen.show([done('a'), open1('b')], ['tail'])
  expect(seen()).toEqual(['a', '.. connection lost', 'b', 'tail', ''])
})
