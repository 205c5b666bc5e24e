'use client'

import type { ReactNode } from 'react'
import { ApiProvider } from '#lib/trpc.tsx'
import { KeyProvider } from '#lib/use-keys.tsx'

/** What every page needs: the API and the keyboard. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <ApiProvider>
      <KeyProvider>{children}</KeyProvider>
    </ApiProvider>
  )
}
