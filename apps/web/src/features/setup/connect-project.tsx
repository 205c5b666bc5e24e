'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { isUnauthorised, useTrpc } from '#lib/trpc.tsx'
import { SetupFooter } from './first-setup.tsx'
import { SendASpan } from './send-a-span.tsx'
import { Step, Steps } from './steps.tsx'

/** The last step again, for a project that exists; its keys are never shown twice. */
export function ConnectProject({ slug, otlpUrl }: { slug: string | null; otlpUrl: string }) {
  const trpc = useTrpc()
  const router = useRouter()
  const me = useQuery(trpc.me.get.queryOptions())
  const [since] = useState(() => Date.now())
  const isSignedOut = isUnauthorised(me.error)
  useEffect(() => {
    if (isSignedOut)
      router.replace(`/login?next=${encodeURIComponent(`/setup${slug === null ? '' : `?project=${slug}`}`)}`)
  }, [isSignedOut, router, slug])
  const projects = me.data?.projects ?? []
  const project = projects.find((one) => one.slug === slug) ?? projects[0]
  if (project === undefined) return null
  return (
    <>
      <Steps>
        <Step number={1} title="Project" state="done" detail={<span className="t2">{project.name}</span>} />
        <Step
          number={2}
          title="Key"
          state="done"
          detail={
            <span className="t3">
              was shown when it was made.{' '}
              <Link className="link" href={`/p/${project.slug}/settings/keys`}>
                Create another
              </Link>
            </span>
          }
        />
        <Step number={3} title="Send a span" state="now">
          <SendASpan
            projectId={project.id}
            slug={project.slug}
            otlpUrl={otlpUrl}
            secret={undefined}
            since={since}
          />
        </Step>
      </Steps>
      <SetupFooter slug={project.slug} />
    </>
  )
}
