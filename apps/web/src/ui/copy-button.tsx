'use client'

import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

/** Copies a text and says so where it was pressed. */
export function CopyButton(props: { text: string; label?: string; iconOnly?: boolean }) {
  const { text, label = 'Copy', iconOnly = false } = props
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 1600)
    return () => clearTimeout(timer)
  }, [state])
  const said = state === 'copied' ? 'Copied' : state === 'failed' ? 'Select and copy by hand' : label
  return (
    <Button
      variant="ghost"
      square={iconOnly}
      aria-label={iconOnly ? said : undefined}
      title={iconOnly ? said : undefined}
      onClick={() => {
        void copyText(text).then((done) => setState(done ? 'copied' : 'failed'))
      }}
    >
      <Icon name={state === 'copied' ? 'ok' : state === 'failed' ? 'fail' : 'copy'} size={14} />
      {iconOnly ? null : <span aria-live="polite">{said}</span>}
    </Button>
  )
}

/** Plain-http origins other than localhost have no clipboard API; a selection does it there. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.style.position = 'fixed'
    area.style.opacity = '0'
    document.body.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    return done
  }
}
