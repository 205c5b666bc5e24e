'use client'

import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { ThemeMenu } from '#shell/theme-menu.tsx'
import { Icon } from '#ui/icon.tsx'
import { EmptyState, ErrorState } from '#ui/states.tsx'
import { ConnectProject } from './connect-project.tsx'
import { FirstSetup } from './first-setup.tsx'

/** The first start: a person, a project, a key, a span. Later: a span for a project that is there. */
export function SetupPage() {
  const trpc = useTrpc()
  const search = useSearchParams()
  // Asked once: the answer changes half-way through, when the person exists.
  const state = useQuery({ ...trpc.setup.state.queryOptions(), staleTime: Infinity })
  const token = search.get('token')
  return (
    <main className="setup-page">
      <div className="setup-column">
        <header className="flex items-center gap-2.5">
          <Icon name="clew" className="setup-brand" />
          <h1>Clew</h1>
          <span className="t3 clip">{state.data === undefined ? '' : describePlace(state.data)}</span>
          <span className="grow" />
          <span className="small t3">Nothing leaves this machine.</span>
          <ThemeMenu />
        </header>
        {state.error === null ? null : (
          <div className="panel">
            <ErrorState title="Clew did not answer" onRetry={() => void state.refetch()}>
              {toErrorMessage(state.error)}
            </ErrorState>
          </div>
        )}
        {state.data === undefined ? null : !state.data.needed ? (
          <ConnectProject slug={search.get('project')} otlpUrl={state.data.otlpUrl} />
        ) : token === null ? (
          <NoToken />
        ) : (
          <FirstSetup token={token} otlpUrl={state.data.otlpUrl} />
        )}
      </div>
    </main>
  )
}

function NoToken() {
  return (
    <div className="panel">
      <EmptyState title="Open the link that the server printed">
        The first start ends with a line like <code>Create the first person: http://…/setup?token=…</code>.
        Only whoever reads the server’s output may do this, so it asks for the token in that link. It is
        printed again at each start until somebody has used it.
      </EmptyState>
    </div>
  )
}

function describePlace(state: { publicUrl: string; dataDir?: string }): string {
  const host = new URL(state.publicUrl).host
  return state.dataDir === undefined ? `on ${host}` : `on ${host}, data in ${state.dataDir}`
}
