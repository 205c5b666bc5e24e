'use client'

import { Icon } from '#ui/icon.tsx'
import type { Lane, LaneKind } from './layout-lanes.ts'

const looks: Record<
  LaneKind,
  { icon: 'agent' | 'tool' | 'approval'; hue: string; one: string; many: string }
> = {
  agent: { icon: 'agent', hue: 'k-agent', one: 'step', many: 'steps' },
  tools: { icon: 'tool', hue: 'k-tool', one: 'call', many: 'calls' },
  people: { icon: 'approval', hue: 'k-approval', one: 'decision', many: 'decisions' },
}

/** The lanes behind the graph, with their heads. */
export function GraphLanes({ lanes, height }: { lanes: readonly Lane[]; height: number }) {
  return lanes.map((lane) => {
    const { icon, hue, one, many } = looks[lane.kind]
    return (
      <g key={lane.id}>
        <rect className="graph-lane" x={lane.x} y={0} width={lane.width} height={height} rx={6} />
        <foreignObject x={lane.x} y={0} width={lane.width} height={38}>
          <div className="graph-lane-head">
            <Icon name={icon} size={14} className={`kind ${hue}`} />
            <span className="clip strong">{lane.title}</span>
            <span className="num small t3">
              {lane.stepCount.toLocaleString('en')} {lane.stepCount === 1 ? one : many}
            </span>
          </div>
        </foreignObject>
      </g>
    )
  })
}
