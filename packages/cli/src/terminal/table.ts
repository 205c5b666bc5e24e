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
}

const gap = 2

/** Rows in columns as wide as their widest cell; where the width does not do, the flexible column is cut. */
export function drawTable(options: {
  terminal: Terminal
  columns: readonly Column[]
  rows: readonly (readonly (Cell | string | undefined)[])[]
}): string[] {
  const { terminal, columns } = options
  const rows = options.rows.map((row) => columns.map((_, index) => toCell(row[index])))
  const widths = columns.map((column, index) =>
    Math.max(widthOf(column.title), ...rows.map((row) => widthOf(row[index]?.text ?? ''))),
  )
  shrink({ widths, columns, width: terminal.width() })
  const draw = (cells: readonly Cell[]) =>
    cells
      .map((cell, index) => {
        const { side = 'left' } = columns[index] ?? {}
        const width = widths[index] ?? 0
        const text = pad(fit(cell.text, width), width, side === 'right' ? 'left' : 'right')
        return style(terminal, cell.tone ?? 'plain', text)
      })
      .join(' '.repeat(gap))
      .trimEnd()
  const head = draw(columns.map(({ title }) => ({ text: title, tone: 'quiet' })))
  return [head, ...rows.map(draw)]
}

function shrink(args: { widths: number[]; columns: readonly Column[]; width: number }): void {
  const { widths, columns, width } = args
  const flexible = columns.findIndex((column) => column.isFlexible)
  const total = widths.reduce((sum, each) => sum + each, 0) + gap * (columns.length - 1)
  const own = widths[flexible]
  if (own !== undefined && total > width) widths[flexible] = Math.max(8, own - (total - width))
}

function toCell(cell: Cell | string | undefined): Cell {
  return typeof cell === 'string' || cell === undefined ? { text: cell ?? '' } : cell
}
