export interface Box {
  lane: number
  /** Each row holds one box. */
  row: number
  x: number
  y: number
  width: number
  height: number
}

export interface EdgeRoute {
  path: string
  top: number
  bottom: number
  labelX: number
  labelY: number
  labelAnchor: 'start' | 'end'
}

const corner = 8
const gutter = 6
/** Room for the arrow's head. */
const head = 4

/**
 * An orthogonal edge downwards. Sideways it uses the source's row, which is free but for the source; down it
 * uses the middle of the target's lane, or the lane's edge where other boxes stand in between.
 */
export function routeEdge(args: { from: Box; to: Box; targetRows: readonly number[] }): EdgeRoute {
  const { from, to } = args
  const isClear = firstAbove(args.targetRows, from.row) === to.row
  const frame = { top: from.y, bottom: to.y + to.height }
  if (from.lane !== to.lane) return { ...frame, ...routeSideways({ from, to, isClear }) }
  if (isClear) {
    const x = from.x + from.width / 2
    const start = from.y + from.height
    return {
      ...frame,
      path: `M${x} ${start}V${to.y - head}`,
      labelX: x + 8,
      labelY: (start + to.y) / 2 + 3,
      labelAnchor: 'start',
    }
  }
  const x = from.x - gutter
  return {
    ...frame,
    path: `M${from.x} ${mid(from)}H${x + 3}Q${x} ${mid(from)} ${x} ${mid(from) + 3}V${mid(to) - 3}Q${x} ${mid(to)} ${x + 3} ${mid(to)}H${to.x - head + 2}`,
    // Right of the number of the step below.
    labelX: from.x + 32,
    labelY: from.y + from.height + 11,
    labelAnchor: 'start',
  }
}

function routeSideways(args: { from: Box; to: Box; isClear: boolean }): Omit<EdgeRoute, 'top' | 'bottom'> {
  const { from, to } = args
  const right = to.lane > from.lane
  const sign = right ? 1 : -1
  const startX = right ? from.x + from.width : from.x
  const y = mid(from)
  const label = { labelX: startX + sign * 10, labelY: y - 6, labelAnchor: right ? 'start' : 'end' } as const
  if (args.isClear) {
    const x = to.x + to.width / 2
    return {
      ...label,
      path: `M${startX} ${y}H${x - sign * corner}Q${x} ${y} ${x} ${y + corner}V${to.y - head}`,
    }
  }
  const sideX = right ? to.x : to.x + to.width
  const x = sideX - sign * gutter
  const endY = mid(to)
  return {
    ...label,
    path: `M${startX} ${y}H${x - sign * 3}Q${x} ${y} ${x} ${y + 3}V${endY - 3}Q${x} ${endY} ${x + sign * 3} ${endY}H${sideX}`,
  }
}

/** The lowest row above a given one; rows are in order. */
function firstAbove(rows: readonly number[], above: number): number | undefined {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle] ?? 0) > above) high = middle
    else low = middle + 1
  }
  return rows[low]
}

function mid(box: Box): number {
  return box.y + box.height / 2
}
