'use client'

import { useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'

/** A modal question; the browser keeps focus inside and gives it back. */
export function Dialog(props: {
  title: string
  isOpen: boolean
  onClose: () => void
  children: ReactNode
  actions?: ReactNode
  className?: string
}) {
  const { title, isOpen, onClose, children, actions, className } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    if (element === null) return
    if (isOpen && !element.open) element.showModal()
    if (!isOpen && element.open) element.close()
  }, [isOpen])
  return (
    <dialog
      ref={dialog}
      className={className === undefined ? 'dialog' : `dialog ${className}`}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      {isOpen ? (
        <>
          <h2 id={titleId} className="dialog-head">
            {title}
          </h2>
          <div className="dialog-body">{children}</div>
          {actions === undefined ? null : <div className="dialog-foot">{actions}</div>}
        </>
      ) : null}
    </dialog>
  )
}
