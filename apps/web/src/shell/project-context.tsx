'use client'

import { createContext, useContext } from 'react'

export interface CurrentProject {
  id: string
  slug: string
  name: string
}

const ProjectContext = createContext<CurrentProject | undefined>(undefined)

export const ProjectProvider = ProjectContext.Provider

/** The project that the URL names. */
export function useProject(): CurrentProject {
  const project = useContext(ProjectContext)
  if (project === undefined) throw new Error('useProject needs a ProjectProvider above it')
  return project
}

/** Paths inside the current project. */
export function useProjectPath(): (path: string) => string {
  const { slug } = useProject()
  return (path) => `/p/${slug}${path}`
}
