import type { Metadata } from 'next'
import { SystemPage } from '#features/settings/system-page.tsx'

export const metadata: Metadata = { title: 'System' }

export default function Page() {
  return <SystemPage />
}
