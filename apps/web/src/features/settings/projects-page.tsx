'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toErrorMessage, useTrpc } from '#lib/trpc.tsx'
import { useProject } from '#shell/project-context.tsx'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'

/** The organisation's projects, the name of this one, and a new one. */
export function ProjectsPage() {
  const trpc = useTrpc()
  const me = useQuery(trpc.me.get.queryOptions())
  const current = useProject()
  return (
    <>
      <section aria-labelledby="settings-projects">
        <div className="settings-head">
          <h2 id="settings-projects">Projects</h2>
          <span className="t3">each with its own keys and its own retention</span>
        </div>
        <div className="panel">
          {(me.data?.projects ?? []).map((project) => (
            <Link
              key={project.id}
              className="tr"
              style={{ gridTemplateColumns: '1fr auto' }}
              href={`/p/${project.slug}`}
            >
              <span className={project.id === current.id ? 'med' : undefined}>{project.name}</span>
              <code className="t3">/p/{project.slug}</code>
            </Link>
          ))}
        </div>
      </section>
      <RenameForm key={current.id} />
      <CreateForm />
    </>
  )
}

function RenameForm() {
  const trpc = useTrpc()
  const cache = useQueryClient()
  const { id: projectId, name: was } = useProject()
  const [name, setName] = useState(was)
  const rename = useMutation(
    trpc.projects.rename.mutationOptions({
      onSuccess: () => void cache.invalidateQueries({ queryKey: trpc.me.get.queryKey() }),
    }),
  )
  return (
    <form
      className="settings-form"
      onSubmit={(event) => {
        event.preventDefault()
        rename.mutate({ projectId, name: name.trim() })
      }}
    >
      <TextField
        label="Name of this project"
        value={name}
        error={rename.error === null ? undefined : toErrorMessage(rename.error)}
        hint="Its address stays as it is."
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={name.trim() === '' || name.trim() === was || rename.isPending}>
        Rename
      </Button>
    </form>
  )
}

function CreateForm() {
  const trpc = useTrpc()
  const cache = useQueryClient()
  const router = useRouter()
  const [name, setName] = useState('')
  const create = useMutation(
    trpc.projects.create.mutationOptions({
      onSuccess: async (project) => {
        await cache.invalidateQueries({ queryKey: trpc.me.get.queryKey() })
        router.push(`/p/${project.slug}/settings/keys`)
      },
    }),
  )
  return (
    <form
      className="settings-form"
      onSubmit={(event) => {
        event.preventDefault()
        create.mutate({ name: name.trim() })
      }}
    >
      <TextField
        label="New project"
        value={name}
        placeholder="halden-returns"
        error={create.error === null ? undefined : toErrorMessage(create.error)}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={name.trim() === '' || create.isPending}>
        Create
      </Button>
    </form>
  )
}
