import type { ButtonHTMLAttributes, Ref } from 'react'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: 'default' | 'primary' | 'ghost' | 'danger'
  square?: boolean
  large?: boolean
  /** Pressed, for a button that switches something. */
  on?: boolean | undefined
  ref?: Ref<HTMLButtonElement>
}

/** A button; `square` ones hold a single icon and need an `aria-label`. */
export function Button({
  variant = 'default',
  square,
  large,
  on,
  className,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={buttonClass({ variant, square, large, on, className })}
      {...(on === undefined ? {} : { 'aria-pressed': on })}
      {...rest}
    />
  )
}

/** The classes of a button, for a link that looks like one. */
export function buttonClass(options: {
  variant?: ButtonProps['variant']
  square?: boolean | undefined
  large?: boolean | undefined
  on?: boolean | undefined
  className?: string | undefined
}): string {
  const parts = ['btn']
  if (options.variant !== undefined && options.variant !== 'default') parts.push(`btn-${options.variant}`)
  if (options.square === true) parts.push('btn-square')
  if (options.large === true) parts.push('btn-large')
  if (options.on === true) parts.push('btn-on')
  if (options.className !== undefined) parts.push(options.className)
  return parts.join(' ')
}
