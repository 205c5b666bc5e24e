import type { RunStatus, TaskStatus } from '@clew/domain'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'

/** Everything that can be said about how something stands. */
export type Status = RunStatus | TaskStatus | 'warn' | 'waiting' | 'pending' | 'skipped' | 'blocked'

type Tone = 'fail' | 'warn' | 'ok' | 'run' | 'off'

const looks: Record<Status, { icon: IconName; tone: Tone; label: string; spins?: boolean }> = {
  running: { icon: 'run', tone: 'run', label: 'Running', spins: true },
  ok: { icon: 'ok', tone: 'ok', label: 'Completed' },
  error: { icon: 'fail', tone: 'fail', label: 'Failed' },
  unset: { icon: 'ok', tone: 'off', label: 'Ended' },
  lost: { icon: 'lost', tone: 'warn', label: 'Lost' },
  received: { icon: 'wait', tone: 'off', label: 'Received' },
  queued: { icon: 'wait', tone: 'off', label: 'Queued' },
  dispatched: { icon: 'wait', tone: 'off', label: 'Dispatched' },
  preparing: { icon: 'run', tone: 'run', label: 'Preparing', spins: true },
  serving: { icon: 'run', tone: 'run', label: 'Serving', spins: true },
  setting_up: { icon: 'run', tone: 'run', label: 'Setting up', spins: true },
  cancelling: { icon: 'run', tone: 'warn', label: 'Cancelling', spins: true },
  uploading: { icon: 'run', tone: 'run', label: 'Uploading', spins: true },
  completed: { icon: 'ok', tone: 'ok', label: 'Completed' },
  failed: { icon: 'fail', tone: 'fail', label: 'Failed' },
  cancelled: { icon: 'off', tone: 'off', label: 'Cancelled' },
  warn: { icon: 'warn', tone: 'warn', label: 'Needs a look' },
  waiting: { icon: 'wait', tone: 'warn', label: 'Waiting' },
  pending: { icon: 'wait', tone: 'off', label: 'Not started' },
  skipped: { icon: 'off', tone: 'off', label: 'Skipped' },
  blocked: { icon: 'wait', tone: 'warn', label: 'Blocked' },
}

/** What a person calls the status. */
export function statusLabel(status: Status): string {
  return looks[status].label
}

/** Shape and colour of a status; the shape alone says it, too. */
export function StatusMark(props: { status: Status; size?: number; label?: string }) {
  const { icon, tone, spins, label: usual } = looks[props.status]
  const { size = 14, label = usual } = props
  return (
    <Icon
      name={icon}
      size={size}
      label={label}
      className={spins === true ? `st-${tone} spin` : `st-${tone}`}
    />
  )
}

/** A status as a word in a pill, for headers. */
export function StatusPill({ status, label }: { status: Status; label?: string | undefined }) {
  const look = looks[status]
  return (
    <span className={`pill st-${look.tone}`}>
      <Icon name={look.icon} size={14} className={look.spins === true ? 'spin' : undefined} />
      {label ?? look.label}
    </span>
  )
}
