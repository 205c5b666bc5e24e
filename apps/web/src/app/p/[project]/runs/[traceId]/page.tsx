import { Suspense } from 'react'
import { RunPage } from '#features/run/run-page.tsx'

export const metadata = { title: 'Run' }

export default async function Page(props: { params: Promise<{ traceId: string }> }) {
  const { traceId } = await props.params
  return (
    <Suspense>
      <RunPage key={traceId} traceId={traceId.toLowerCase()} />
    </Suspense>
  )
}
