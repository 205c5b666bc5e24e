/** A share of one on a faint track; no colour, since a share alone is no status. */
export function ShareBar({ share }: { share: number }) {
  return (
    <span className="agents-share" aria-hidden="true">
      <i style={{ width: `${(share * 100).toFixed(1)}%` }} />
    </span>
  )
}
