'use client'

import { useState } from 'react'
import { useFocusOnMount } from '#lib/use-focus-on-mount.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'

/** What the first project is called; it also makes the first key. */
export function ProjectForm(props: {
  isBusy: boolean
  error: string | undefined
  onBack: () => void
  onDone: (name: string) => void
}) {
  const [name, setName] = useState('')
  const [isChecked, setIsChecked] = useState(false)
  const first = useFocusOnMount<HTMLInputElement>()
  return (
    <form
      className="setup-form"
      onSubmit={(event) => {
        event.preventDefault()
        setIsChecked(true)
        if (name.trim() !== '') props.onDone(name.trim())
      }}
    >
      <TextField
        label="Project name"
        name="project"
        ref={first}
        autoComplete="off"
        placeholder="halden-support"
        hint="One agent, or a few that work together. It gets its own keys and its own retention."
        value={name}
        error={isChecked && name.trim() === '' ? 'A name, please.' : props.error}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="flex gap-2">
        <Button variant="primary" type="submit" disabled={props.isBusy}>
          {props.isBusy ? 'Creating' : 'Create project and key'}
        </Button>
        <Button variant="ghost" onClick={props.onBack}>
          Back
        </Button>
      </div>
    </form>
  )
}
