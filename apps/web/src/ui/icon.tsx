import { iconShapes } from './icon-shapes.tsx'
import type { IconName } from './icon-shapes.tsx'

export type { IconName } from './icon-shapes.tsx'

export interface IconProps {
  name: IconName
  /** Pixels; the grid is 16. */
  size?: number
  className?: string | undefined
  /** Read aloud; without it the icon is decoration. */
  label?: string | undefined
}

/** One drawing of the house's icon family: 16 px grid, 1.5 stroke, round ends. */
export function Icon({ name, size = 16, className, label }: IconProps) {
  return (
    <svg
      className={className === undefined ? 'icon' : `icon ${className}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {iconShapes[name]}
    </svg>
  )
}
