import Link from 'next/link'
import { buttonClass } from '#ui/button.tsx'
import { EmptyState } from '#ui/states.tsx'

export default function NotFound() {
  const home = (
    <Link className={buttonClass({ variant: 'primary' })} href="/">
      To your project
    </Link>
  )
  return (
    <main className="grid min-h-screen place-items-center">
      <EmptyState title="There is no page at this address" actions={home}>
        The link may be old or cut off.
      </EmptyState>
    </main>
  )
}
