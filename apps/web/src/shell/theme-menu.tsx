'use client'

import { useSyncExternalStore } from 'react'
import { readTheme, storeTheme } from '#lib/theme.ts'
import type { Theme } from '#lib/theme.ts'
import { Icon } from '#ui/icon.tsx'
import type { IconName } from '#ui/icon.tsx'
import { Menu } from '#ui/menu.tsx'

const choices: readonly { theme: Theme; label: string; icon: IconName }[] = [
  { theme: 'system', label: 'As the system', icon: 'system' },
  { theme: 'light', label: 'Light', icon: 'sun' },
  { theme: 'dark', label: 'Dark', icon: 'moon' },
]

/** Light, dark, or as the machine has it. */
export function ThemeMenu() {
  const theme = useTheme()
  const icon = choices.find((choice) => choice.theme === theme)?.icon ?? 'system'
  return (
    <Menu
      label="Theme"
      align="end"
      triggerClassName="btn btn-ghost btn-square"
      trigger={<Icon name={icon === 'system' ? 'sun' : icon} size={14} />}
      items={choices.map((choice) => ({
        key: choice.theme,
        checked: choice.theme === theme,
        onSelect: () => storeTheme(choice.theme),
        label: (
          <>
            <Icon name={choice.icon} size={14} />
            <span className="grow">{choice.label}</span>
            {choice.theme === theme ? <Icon name="ok" size={14} /> : null}
          </>
        ),
      }))}
    />
  )
}

function useTheme(): Theme {
  return useSyncExternalStore(subscribe, readTheme, () => 'system')
}

function subscribe(listener: () => void): () => void {
  addEventListener('clew-theme', listener)
  addEventListener('storage', listener)
  return () => {
    removeEventListener('clew-theme', listener)
    removeEventListener('storage', listener)
  }
}
