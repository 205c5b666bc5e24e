'use client'

import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
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
                <span className="t2">{made.project.name}</span>{' '}
                <span className="t3">keep 30 days, secrets and cards redacted</span>
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
        <Step
          number={3}
          title="Key"
          state={made === undefined ? 'later' : 'done'}
          detail={
            made === undefined ? undefined : (
              <>
                <code className="t2">{shorten(made.secret)}</code>{' '}
                <span className="t3">{made.key.scopes.join(' and ')}, shown once</span>{' '}
                <CopyButton text={made.secret} label="Copy the key" />
              </>
            )
          }
        />
        <Step number={4} title="Send a span" state={made === undefined ? 'later' : 'now'}>
          {made === undefined ? null : (
            <SendASpan
              projectId={made.project.id}
              slug={made.project.slug}
              otlpUrl={otlpUrl}
              secret={made.secret}
              since={Date.parse(made.key.createdAt)}
            />
          )}
        </Step>
      </Steps>
      {made === undefined ? null : <SetupFooter slug={made.project.slug} />}
    </>
  )
}

/** Ways out for whom nothing arrives. */
export function SetupFooter({ slug }: { slug: string }) {
  return (
    <footer className="setup-footer small t3">
      <code>npm run demo</code> sends a real run, <code>clew doctor</code> says why nothing arrives
      <span className="grow" />
      <Link href={`/p/${slug}`}>Skip, open the project</Link>
    </footer>
  )
}

function shorten(secret: string): string {
  return `${secret.slice(0, 12)}…${secret.slice(-4)}`
}
