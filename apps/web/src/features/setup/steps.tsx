import type { ReactNode } from 'react'
import { Icon } from '#ui/icon.tsx'

/** The thread through the set-up: what is done, where one stands, what is to come. */
export function Steps({ children }: { children: ReactNode }) {
  return <ol className="setup-steps">{children}</ol>
}

/** One step with its number or, once done, a check. */
export function Step(props: {
  number: number
  title: string
  state: 'done' | 'now' | 'later'
  detail?: ReactNode
  children?: ReactNode
}) {
  const { number, title, state, detail, children } = props
  return (
    <li className={`setup-step is-${state}`} aria-current={state === 'now' ? 'step' : undefined}>
      <span className="setup-number">
        {state === 'done' ? <Icon name="ok" size={14} label="Done" /> : <span>{number}</span>}
      </span>
      <div className="min-w-0">
        <b className={state === 'later' ? 'med t3' : 'med'}>{title}</b> {detail}
        {children}
      </div>
    </li>
  )
}
