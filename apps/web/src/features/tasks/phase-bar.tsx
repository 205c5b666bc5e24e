'use client'

import type { TaskTimings } from '@clew/domain'
import { formatDuration } from '@clew/domain/format'
import { useNow } from '#lib/use-now.ts'
import { isOpen } from './task-state.ts'

type Phase = TaskTimings['groups'][number]

/** The phases to scale; the one that runs is hatched and has no right end. */
export function PhaseBar({ timings }: { timings: TaskTimings }) {
  const now = useNow(250)
  const phases = toPhases(timings).map((phase) => ({ phase, ms: durationOf({ phase, now }) }))
  if (phases.length === 0) return <p className="small t3">No phases were reported.</p>
  return (
    <div
      role="img"
      aria-label={phases.map(({ phase, ms }) => `${phase.label} ${formatDuration(ms)}`).join(', ')}
    >
      <div className="tasks-phases">
        {phases.map(({ phase, ms }) => (
          <i
            key={`${phase.label}${phase.startAt}`}
            className={phase.endAt === undefined ? 'bar bar-open is-open' : 'bar'}
            style={{ flexGrow: Math.max(ms, 1) }}
            title={`${phase.label} ${formatDuration(ms)}`}
          />
        ))}
      </div>
      <ul className="tasks-phase-names">
        {phases.map(({ phase, ms }) => (
          <li
            key={`${phase.label}${phase.startAt}`}
            className={phase.endAt === undefined ? 'st-run' : undefined}
          >
            {phase.label.replaceAll('_', ' ')} <span className="t3 tnum">{formatDuration(ms)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The phases that the task named; without any, what it reported as its status. */
function toPhases({ groups, events, status }: TaskTimings): Phase[] {
  if (groups.length > 0) return groups
  return events.flatMap((event, index): Phase[] => {
    const next = events[index + 1]
    if (next === undefined && !isOpen(status)) return []
    const { status: label, at: startAt, durationMs = 0 } = event
    return [{ label, startAt, durationMs, ...(next === undefined ? {} : { endAt: next.at }) }]
  })
}

function durationOf({ phase, now }: { phase: Phase; now: number }): number {
  return phase.endAt === undefined ? Math.max(0, now - Date.parse(phase.startAt)) : phase.durationMs
}
