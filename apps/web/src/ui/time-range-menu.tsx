'use client'

import { timeRanges } from '#lib/time-range.ts'
import type { TimeRangeName } from '#lib/time-range.ts'
import { Icon } from './icon.tsx'
import { Menu } from './menu.tsx'

/** Chooses the page's window of time. */
export function TimeRangeMenu({
  range,
  onChange,
}: {
  range: TimeRangeName
  onChange: (range: TimeRangeName) => void
}) {
  return (
    <Menu
      label={`Time range: ${timeRanges.find((one) => one.value === range)?.label ?? ''}`}
      align="end"
      trigger={
        <>
          <Icon name="clock" size={14} /> {timeRanges.find((one) => one.value === range)?.label}
        </>
      }
      items={timeRanges.map((one) => ({
        key: one.value,
        checked: one.value === range,
        onSelect: () => onChange(one.value),
        label: (
          <>
            <span className="grow">{one.label}</span>
            {one.value === range ? <Icon name="ok" size={14} /> : null}
          </>
        ),
      }))}
    />
  )
}
