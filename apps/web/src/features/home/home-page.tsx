'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { isUnauthorised, toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { readLastProject } from '#shell/last-project.ts'
import { ErrorState } from '#ui/states.tsx'

/** Leads to the set-up, to the login, or to the project where one was last. */
export function HomePage() {
  const trpc = useTrpc()
  const router = useRouter()
  const setup = useQuery(trpc.setup.state.queryOptions())
  const me = useQuery({ ...trpc.me.get.queryOptions(), enabled: setup.data?.needed === false })
  const target = toTarget({
    isSetupNeeded: setup.data?.needed,
    isSignedOut: isUnauthorised(me.error),
    slugs: me.data?.projects.map((project) => project.slug),
  })
  useEffect(() => {
    if (target !== undefined) router.replace(target)
  }, [target, router])
  const error = setup.error ?? (isUnauthorised(me.error) ? null : me.error)
  if (error === null) return null
  return (
    <div className="centre">
      <div className="panel card">
        <ErrorState title="Clew did not answer" onRetry={() => void setup.refetch()}>
          {toErrorMessage(error)}
        </ErrorState>
      </div>
    </div>
  )
}

function toTarget(options: {
  isSetupNeeded: boolean | undefined
  isSignedOut: boolean
  slugs: readonly string[] | undefined
}): string | undefined {
  const { isSetupNeeded, isSignedOut, slugs } = options
  if (isSetupNeeded === true) return '/setup'
  if (isSignedOut) return '/login'
  if (slugs === undefined) return undefined
  const last = readLastProject()
  const slug = slugs.find((one) => one === last) ?? slugs[0]
  return slug === undefined ? undefined : `/p/${slug}`
}
