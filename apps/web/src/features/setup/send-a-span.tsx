import { SnippetTabs } from './snippet-tabs.tsx'
import { WaitingForSpan } from './waiting-for-span.tsx'

/** Snippets with the key filled in, and the wait for what they send. */
export function SendASpan(props: {
  projectId: string
  slug: string
  otlpUrl: string
  secret: string | undefined
  /** Milliseconds since the epoch; spans from before don't count. */
  since: number
}) {
  const { projectId, slug, otlpUrl, secret, since } = props
  return (
    <div className="mt-2.5">
      <SnippetTabs otlpUrl={otlpUrl} secret={secret} />
      <WaitingForSpan projectId={projectId} slug={slug} otlpUrl={otlpUrl} since={since} />
    </div>
  )
}
