import type { ReactNode } from 'react'

/** A part of the inspector under its label; `end` stands at the right of the label. */
export function Section({
  label,
  end,
  children,
}: {
  label?: ReactNode
  end?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="inspector-section">
      {label === undefined ? null : (
        <div className="label">
          {label}
          {end === undefined ? null : <span className="label-end">{end}</span>}
        </div>
      )}
      {children}
    </section>
  )
}

/** Facts by name; those without a value are left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  const known = facts.filter(([, value]) => value !== undefined && value !== null && value !== '')
  if (known.length === 0) return null
  return (
    <dl className="kv">
      {known.map(([name, value]) => (
        <div key={name} className="contents">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Said where a tab has nothing, with the reason where one is known. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="inspector-section t3">{children}</p>
}
