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

/** The lanes behind the graph. */
export function GraphLanes({ lanes, height }: { lanes: readonly Lane[]; height: number }) {
  return lanes.map((lane) => (
    <rect key={lane.id} className="graph-lane" x={lane.x} y={0} width={lane.width} height={height} rx={6} />
  ))
}

/** Whose lane is whose; the heads stay in sight while the graph scrolls. */
export function LaneHeads({ lanes }: { lanes: readonly Lane[] }) {
  return (
    <div className="graph-heads">
      {lanes.map((lane) => {
        const { icon, hue, one, many } = looks[lane.kind]
        return (
          <div key={lane.id} className="graph-lane-head" style={{ left: lane.x, width: lane.width }}>
            <Icon name={icon} size={14} className={`kind ${hue}`} />
            <span className="clip strong">{lane.title}</span>
            <span className="num small t3">
              {lane.stepCount.toLocaleString('en')} {lane.stepCount === 1 ? one : many}
            </span>
          </div>
        )
      })}
    </div>
  )
}
