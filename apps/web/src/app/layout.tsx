import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { themeScript } from '#lib/theme.ts'
import { Providers } from '#shell/providers.tsx'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Clew', template: '%s · Clew' },
  description: 'See why an agent did what it did, while it runs.',
}

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  )
}
