import { expect, test } from 'vitest'
import { plainEnvironment } from '../testing/plain-environment.ts'
import { recordSink } from '../testing/record-sink.ts'
import { drawTable, type Column } from './table.ts'
import { openTerminal } from './terminal.ts'

const columns: Column[] = [
  { title: 'id' },
  { title: 'asked', isFlexible: true },
  { title: 'cost', isOptional: true },
  { title: 'tokens', isOptional: true },
]
const row = ['4257dbfc', 'I was charged twice for the tent', '$0.0033', '6,166']

function draw(width: number, options: { rows?: string[][]; columns?: Column[] } = {}): string[] {
  const environment = { ...plainEnvironment, columns: width }
  const terminal = openTerminal({ stdout: recordSink(), stderr: recordSink(), environment, noColor: true })
  return drawTable({ terminal, columns, rows: [row], ...options })
}

test('a table keeps to the width: first the flexible column is cut, then the last columns are left out', () => {
  expect(draw(80)[1]).toBe('4257dbfc  I was charged twice for the tent  $0.0033  6,166')
  expect(draw(50)[1]).toBe('4257dbfc  I was charged twice fo…  $0.0033  6,166')
  expect(draw(42)).toEqual([
    'id        asked                    cost',
    '4257dbfc  I was charged twice fo…  $0.0033',
  ])
  for (const width of [40, 41, 45, 60]) {
    for (const line of draw(width)) expect(line.length).toBeLessThanOrEqual(width)
  }
})

test('columns with a least width stand where they stand, whatever one row holds', () => {
  const steady = columns.map((column) => ({ ...column, widthMin: column.isFlexible === true ? 60 : 8 }))
  const short = draw(60, { columns: steady, rows: [['a', 'b', 'c', 'd']] })
  const long = draw(60, { columns: steady, rows: [row] })
  expect(short[0]).toBe(long[0])
  expect(short[1]?.indexOf('c')).toBe(long[1]?.indexOf('$'))
})
