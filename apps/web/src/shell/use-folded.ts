'use client'

import { usePathname } from 'next/navigation'
import { useState, useSyncExternalStore } from 'react'

const storageKey = 'clew-nav-folded'
const changed = 'clew-nav'
const runPage = /^\/p\/[^/]+\/runs\/[^/]+/

/** The navigation is folded where the width belongs to a run, elsewhere as the person left it. */
export function useFolded(): { isFolded: boolean; toggle: () => void } {
  const isRunPage = runPage.test(usePathname())
  const isFoldedElsewhere = useSyncExternalStore(subscribe, readFolded, () => false)
  const [isFoldedOnRuns, setIsFoldedOnRuns] = useState(true)
  function toggle() {
    if (isRunPage) {
      setIsFoldedOnRuns(!isFoldedOnRuns)
      return
    }
    localStorage.setItem(storageKey, String(!isFoldedElsewhere))
    dispatchEvent(new Event(changed))
  }
  return { isFolded: isRunPage ? isFoldedOnRuns : isFoldedElsewhere, toggle }
}

function readFolded(): boolean {
  return localStorage.getItem(storageKey) === 'true'
}

function subscribe(listener: () => void): () => void {
  addEventListener(changed, listener)
  return () => removeEventListener(changed, listener)
}
