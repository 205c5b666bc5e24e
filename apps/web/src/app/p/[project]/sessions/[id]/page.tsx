import { Suspense } from 'react'
import { SessionPage } from '#features/session/session-page.tsx'

export const metadata = { title: 'Session' }

export default async function Page(props: { params: Promise<{ id: string }> }) {
  const { id } = await props.params
  const sessionId = decodeURIComponent(id)
  return (
    <Suspense>
      <SessionPage key={sessionId} sessionId={sessionId} />
    </Suspense>
  )
}
