import type { Metadata } from 'next'
import { InstrumentationPage } from '#features/settings/instrumentation-page.tsx'

export const metadata: Metadata = { title: 'Instrumentation' }

export default function Page() {
  return <InstrumentationPage />
}
