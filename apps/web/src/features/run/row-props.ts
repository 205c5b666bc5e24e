import type { KeyboardEvent } from 'react'

/** What makes a row of a projection selectable by pointer, keyboard and assistive technology. */
export function rowProps(args: { isSelected: boolean; onSelect: () => void }) {
  return {
    role: 'treeitem',
    tabIndex: -1,
    'aria-selected': args.isSelected,
    onClick: args.onSelect,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter') args.onSelect()
    },
  } as const
}
