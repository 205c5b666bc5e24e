import type { ReactNode } from 'react'
import { ProjectShell } from '#shell/project-shell.tsx'

export default async function ProjectLayout(props: {
  children: ReactNode
  params: Promise<{ project: string }>
}) {
  const { project } = await props.params
  return <ProjectShell slug={project}>{props.children}</ProjectShell>
}
