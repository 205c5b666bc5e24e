'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import type { inferOutput } from '@trpc/tanstack-react-query'
import Link from 'next/link'
import { useState } from 'react'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import type { Trpc } from '#lib/trpc.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { PersonForm } from './person-form.tsx'
import type { PersonValues } from './person-form.tsx'
import { ProjectForm } from './project-form.tsx'
import { SendASpan } from './send-a-span.tsx'
import { Step, Steps } from './steps.tsx'

/** Person, project, key; then a span. Nothing is stored before the project has its name. */
export function FirstSetup({ token, otlpUrl }: { token: string; otlpUrl: string }) {
  const trpc = useTrpc()
  const [person, setPerson] = useState<PersonValues | undefined>(undefined)
  const complete = useMutation(trpc.setup.complete.mutationOptions())
  const made = complete.data
  return (
    <>
      <Steps>
        <Step
          number={1}
          title="You"
          state={person === undefined ? 'now' : 'done'}
          detail={person === undefined ? undefined : <span className="t2">{person.email}, owner</span>}
        >
          {person === undefined ? <PersonForm onDone={setPerson} /> : null}
        </Step>
        <Step
          number={2}
          title="Project"
          state={person === undefined ? 'later' : made === undefined ? 'now' : 'done'}
          detail={
            made === undefined ? undefined : (
              <>
                <span className="t2">{made.project.name}</span> <Kept projectId={made.project.id} />
              </>
            )
          }
        >
          {person !== undefined && made === undefined ? (
            <ProjectForm
              isBusy={complete.isPending}
              error={complete.error === null ? undefined : toErrorMessage(complete.error)}
              onBack={() => {
                complete.reset()
                setPerson(undefined)
              }}
              onDone={(projectName) => complete.mutate({ ...person, projectName, token })}
            />
          ) : null}
        </Step>
        <KeyStep made={made} />
        <SpanStep made={made} otlpUrl={otlpUrl} />
      </Steps>
      {made === undefined ? null : <SetupFooter slug={made.project.slug} />}
    </>
  )
}

type Made = inferOutput<Trpc['setup']['complete']>

function KeyStep({ made }: { made: Made | undefined }) {
  if (made === undefined) return <Step number={3} title="Key" state="later" />
  return (
    <Step
      number={3}
      title="Key"
      state="done"
      detail={
        <>
          <code className="t2">{shorten(made.secret)}</code>{' '}
          <span className="t3">{made.key.scopes.join(' and ')}, shown once</span>{' '}
          <CopyButton text={made.secret} label="Copy the key" />
        </>
      }
    />
  )
}

function SpanStep({ made, otlpUrl }: { made: Made | undefined; otlpUrl: string }) {
  if (made === undefined) return <Step number={4} title="Send a span" state="later" />
  const { project, key, secret } = made
  return (
    <Step number={4} title="Send a span" state="now">
      <SendASpan
        projectId={project.id}
        slug={project.slug}
        otlpUrl={otlpUrl}
        secret={secret}
        since={Date.parse(key.createdAt)}
      />
    </Step>
  )
}

/** What the new project keeps, as its policy says. */
function Kept({ projectId }: { projectId: string }) {
  const trpc = useTrpc()
  const { data } = useQuery(trpc.retention.get.queryOptions({ projectId }))
  if (data === undefined) return null
  const { metadataDays, contentDays } = data.policy
  return (
    <span className="t3">
      keeps runs {metadataDays} days, what they said {contentDays}; secrets and cards redacted
    </span>
  )
}

/** Ways out for whom nothing arrives. */
export function SetupFooter({ slug }: { slug: string }) {
  return (
    <footer className="setup-footer small t3">
      <code>npm run demo</code> sends the runs of a real agent
      <span className="grow" />
      <Link href={`/p/${slug}`}>Skip, open the project</Link>
    </footer>
  )
}

function shorten(secret: string): string {
  return `${secret.slice(0, 12)}…${secret.slice(-4)}`
}
