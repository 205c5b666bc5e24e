import { fit, pad, style, widthOf } from './style.ts'
import type { Tone } from './style.ts'
import type { Terminal } from './terminal.ts'

export interface Cell {
  text: string
  tone?: Tone
}

export interface Column {
  title: string
  side?: 'left' | 'right'
  /** The one column that gives way when the line is too long. */
  isFlexible?: boolean
  /** Left out, the last one first, where the flexible column would become too narrow to be read. */
  isOptional?: boolean
  /** For rows that are drawn one by one: at least so wide, whatever they hold. */
  widthMin?: number
}

const gap = 2
const flexibleMin = 20

/** Rows in columns as wide as their widest cell; where the width does not do, the flexible column is cut. */
export function drawTable(options: {
  terminal: Terminal
  columns: readonly Column[]
  rows: readonly (readonly (Cell | string | undefined)[])[]
}): string[] {
  const { terminal } = options
  const rows = options.rows.map((row) => options.columns.map((_, index) => toCell(row[index])))
  const columns = toSized({ columns: options.columns, rows, width: terminal.width() })
  const draw = (cells: readonly Cell[]) =>
    columns
      .map(({ side = 'left', width, index }) => {
        const { text, tone = 'plain' } = cells[index] ?? { text: '' }
        return style(terminal, tone, pad(fit(text, width), width, side === 'right' ? 'left' : 'right'))
      })
      .join(' '.repeat(gap))
      .trimEnd()
  const head = draw(options.columns.map(({ title }) => ({ text: title, tone: 'quiet' })))
  return [head, ...rows.map(draw)]
}

interface SizedColumn extends Column {
  width: number
  /** Its place in the rows. */
  index: number
}

function toSized(args: {
  columns: readonly Column[]
  rows: readonly (readonly Cell[])[]
  width: number
}): SizedColumn[] {
  const { rows, width } = args
  const columns = args.columns.map((column, index) => ({
    ...column,
    index,
    width: Math.max(
      column.widthMin ?? 0,
      widthOf(column.title),
      ...rows.map((row) => widthOf(row[index]?.text ?? '')),
    ),
  }))
  const flexible = columns.find((column) => column.isFlexible)
  if (flexible === undefined) return columns
  const wanted = flexible.width
  for (;;) {
    const others = columns.reduce((sum, column) => sum + (column === flexible ? 0 : column.width), 0)
    const room = width - others - gap * (columns.length - 1)
    flexible.width = Math.min(wanted, Math.max(8, room))
    const optional = columns.findLastIndex((column) => column.isOptional === true)
    if (flexible.width >= Math.min(wanted, flexibleMin) || optional === -1) return columns
    columns.splice(optional, 1)
  }
}

function toCell(cell: Cell | string | undefined): Cell {
  return typeof cell === 'string' || cell === undefined ? { text: cell ?? '' } : cell
}
