'use client'

import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { useLatest } from '#lib/use-latest.ts'

/** Opens and closes a modal `<dialog>`; the browser keeps the focus inside, and a press beside it closes it. */
export function useModal({
  isOpen,
  onClose,
}: {
  isOpen: boolean
  onClose: () => void
}): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null)
  const close = useLatest(onClose)
  useEffect(() => {
    const element = dialog.current
    if (element === null) return
    if (isOpen && !element.open) element.showModal()
    if (!isOpen && element.open) element.close()
  }, [isOpen])
  useEffect(() => {
    const element = dialog.current
    function onClick(event: MouseEvent) {
      if (event.target === element) close.current()
    }
    element?.addEventListener('click', onClick)
    return () => element?.removeEventListener('click', onClick)
  }, [close])
  return dialog
}
