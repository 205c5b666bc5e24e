import type { Metadata } from 'next'
import { AgentPage } from '#features/agents/agent-page.tsx'

interface Props {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) }
}

export default async function Page({ params }: Props) {
  return <AgentPage name={decodeURIComponent((await params).id)} />
}
