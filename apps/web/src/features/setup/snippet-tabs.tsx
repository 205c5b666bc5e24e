'use client'

import { useState } from 'react'
import { CopyButton } from '#ui/copy-button.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { CodeBox } from './code-box.tsx'
import { buildSnippets } from './snippets.ts'
import type { Snippet } from './snippets.ts'

const placeholder = 'YOUR_KEY'

/** The ways in, one snippet each, with the address filled in, and the key where there is one to show. */
export function SnippetTabs({ otlpUrl, secret }: { otlpUrl: string; secret?: string | undefined }) {
  const [tab, setTab] = useState<Snippet['id']>('typescript')
  const token = secret ?? placeholder
  const snippets = buildSnippets({ endpoint: otlpUrl, token })
  const shown = snippets.find((snippet) => snippet.id === tab)
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Way in"
          options={snippets.map(({ id, label }) => ({ value: id, label }))}
          value={tab}
          onChange={setTab}
        />
        <span className="grow" />
        <CopyButton text={shown?.code ?? ''} />
      </div>
      {shown === undefined ? null : <CodeBox install={shown.install} code={shown.code} mark={token} />}
      {shown?.note === undefined ? null : <p className="mt-2 small t3">{shown.note}</p>}
    </>
  )
}
