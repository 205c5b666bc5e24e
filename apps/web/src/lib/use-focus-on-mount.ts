'use client'

import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** Puts the focus where a page that is one form begins. */
export function useFocusOnMount<Element extends HTMLElement>(): RefObject<Element | null> {
  const target = useRef<Element>(null)
  useEffect(() => target.current?.focus(), [])
  return target
}
