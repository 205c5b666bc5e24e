'use client'

import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useFocusOnMount } from '#lib/use-focus-on-mount.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import { Icon } from '#ui/icon.tsx'
import { toSafePath } from './safe-path.ts'
import { signIn } from './sign-in.ts'

/** E-mail and password; afterwards back to where one was going. */
export function LoginPage() {
  const search = useSearchParams()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const [isBusy, setIsBusy] = useState(false)
  const first = useFocusOnMount<HTMLInputElement>()
  async function submit() {
    setIsBusy(true)
    setProblem(undefined)
    const outcome = await signIn({ email, password })
    if (outcome.ok) {
      // A whole load, so that nothing of another person stays in memory.
      window.location.assign(toSafePath(search.get('next')))
      return
    }
    setProblem(outcome.error.message)
    setIsBusy(false)
  }
  return (
    <main className="centre">
      <form
        className="card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <div className="flex items-center gap-2.5">
          <Icon name="clew" className="setup-brand" size={20} />
          <h1 className="text-title">Sign in to Clew</h1>
        </div>
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          ref={first}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          value={password}
          error={problem}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button variant="primary" large type="submit" disabled={isBusy}>
          {isBusy ? 'Signing in' : 'Sign in'}
        </Button>
      </form>
    </main>
  )
}
