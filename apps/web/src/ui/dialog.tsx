'use client'

import { useId } from 'react'
import type { ReactNode } from 'react'
import { useModal } from './use-modal.ts'

/** A modal question; focus comes back to where it was. */
export function Dialog(props: {
  title: string
  isOpen: boolean
  onClose: () => void
  children: ReactNode
  actions?: ReactNode
  className?: string
}) {
  const { title, isOpen, onClose, children, actions, className } = props
  const dialog = useModal({ isOpen, onClose })
  const titleId = useId()
  return (
    <dialog
      ref={dialog}
      className={className === undefined ? 'dialog' : `dialog ${className}`}
      aria-labelledby={titleId}
      onClose={onClose}
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
