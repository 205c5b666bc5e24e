'use client'

import { useState } from 'react'
import { useFocusOnMount } from '#lib/use-focus-on-mount.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'

export interface PersonValues {
  name: string
  email: string
  password: string
}

const passwordMin = 8

/** Who owns this Clew. */
export function PersonForm({ onDone }: { onDone: (values: PersonValues) => void }) {
  const [values, setValues] = useState<PersonValues>({ name: '', email: '', password: '' })
  const [isChecked, setIsChecked] = useState(false)
  const first = useFocusOnMount<HTMLInputElement>()
  const problems = isChecked ? findProblems(values) : {}
  function change(part: Partial<PersonValues>) {
    setValues({ ...values, ...part })
  }
  return (
    <form
      className="setup-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setIsChecked(true)
        if (Object.keys(findProblems(values)).length === 0) onDone({ ...values, name: values.name.trim() })
      }}
    >
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        ref={first}
        value={values.name}
        error={problems.name}
        onChange={(event) => change({ name: event.target.value })}
      />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        hint="To sign in with. Clew sends no mail."
        value={values.email}
        error={problems.email}
        onChange={(event) => change({ email: event.target.value })}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint={`At least ${passwordMin} characters.`}
        value={values.password}
        error={problems.password}
        onChange={(event) => change({ password: event.target.value })}
      />
      <div>
        <Button variant="primary" type="submit">
          Continue
        </Button>
      </div>
    </form>
  )
}

function findProblems(values: PersonValues): Partial<PersonValues> {
  return {
    ...(values.name.trim() === '' ? { name: 'How should others see you?' } : {}),
    ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(values.email) ? {} : { email: 'That is no e-mail address.' }),
    ...(values.password.length < passwordMin
      ? { password: `At least ${passwordMin} characters, please.` }
      : {}),
  }
}
