'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'

const storageKey = 'clew-nav-folded'
const runPage = /^\/p\/[^/]+\/runs\/[^/]+/

/** The navigation is folded where the width belongs to a run, elsewhere as the person left it. */
export function useFolded(): { isFolded: boolean; toggle: () => void } {
  const isRunPage = runPage.test(usePathname())
  const [isFoldedElsewhere, setIsFoldedElsewhere] = useState(false)
  const [isFoldedOnRuns, setIsFoldedOnRuns] = useState(true)
  useEffect(() => {
    setIsFoldedElsewhere(localStorage.getItem(storageKey) === 'true')
  }, [])
  function toggle() {
    if (isRunPage) {
      setIsFoldedOnRuns(!isFoldedOnRuns)
      return
    }
    localStorage.setItem(storageKey, String(!isFoldedElsewhere))
    setIsFoldedElsewhere(!isFoldedElsewhere)
  }
  return { isFolded: isRunPage ? isFoldedOnRuns : isFoldedElsewhere, toggle }
}
