import { expect, test } from 'vitest'
import { plainEnvironment } from '../testing/plain-environment.ts'
import { recordSink } from '../testing/record-sink.ts'
import { fit, pad, plain, style, widthOf, wrap } from './style.ts'
import { openTerminal } from './terminal.ts'

const tty = { columns: 120, rows: 30 }

function hasColor(changes: Partial<typeof plainEnvironment>, stdout = recordSink(tty), noColor = false) {
  const environment = { ...plainEnvironment, ...changes }
  return openTerminal({ stdout, stderr: recordSink(), environment, noColor }).hasColor
}

test('colours stand in a terminal only, and never against NO_COLOR or --no-color', () => {
  expect(hasColor({})).toBe(true)
  expect(hasColor({}, recordSink())).toBe(false)
  expect(hasColor({ noColor: true })).toBe(false)
  expect(hasColor({ noColor: true, forceColor: true })).toBe(false)
  expect(hasColor({}, recordSink(tty), true)).toBe(false)
  expect(hasColor({ isDumb: true })).toBe(false)
  expect(hasColor({ forceColor: true }, recordSink())).toBe(true)
  expect(style({ hasColor: false }, 'fail', 'x')).toBe('x')
})

function widthWith(columns: number | undefined) {
  const environment = { ...plainEnvironment, columns }
  return openTerminal({ stdout: recordSink(tty), stderr: recordSink(), environment, noColor: false }).width()
}

test('COLUMNS goes before the size of the terminal', () => {
  expect(widthWith(undefined)).toBe(120)
  expect(widthWith(64)).toBe(64)
})

test('recorded text cannot move the cursor, ring the bell or set the title', () => {
  expect(plain('a\u001b[2Jb\u0007c\u009b31md\te\nf')).toBe('a[2Jbc31md\te\nf')
})

test('wide characters take two columns, combined ones what they show', () => {
  expect(widthOf('価格')).toBe(4)
  expect(widthOf('é')).toBe(1)
  expect(fit('価格価格', 5)).toBe('価格…')
  expect(pad('価格', 6)).toBe('価格  ')
  expect(pad(style({ hasColor: true }, 'fail', 'ab'), 4).endsWith('  ')).toBe(true)
})

test('wrapping breaks at words, and words longer than a line', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three'])
  expect(wrap('abcdefghijkl', 8)).toEqual(['abcdefgh', 'ijkl'])
  expect(wrap('a\n\nb', 8)).toEqual(['a', '', 'b'])
})
