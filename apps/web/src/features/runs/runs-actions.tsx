import { useFeedState } from '#lib/use-feed.tsx'
import { Button } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import { Menu } from '#ui/menu.tsx'
import { ranges } from './runs-url.ts'
import type { RangeName } from './runs-url.ts'

/** How far back, and whether the list follows. */
export function RunsActions(props: {
  range: RangeName
  isLive: boolean
  onRange: (range: RangeName) => void
  onLive: () => void
}) {
  const { range, isLive, onRange, onLive } = props
  const feed = useFeedState()
  const isFollowing = isLive && feed === 'live'
  return (
    <>
      <Menu
        label={`Time range: ${ranges.find((one) => one.value === range)?.label ?? ''}`}
        align="end"
        trigger={
          <>
            <Icon name="clock" size={14} /> {ranges.find((one) => one.value === range)?.label}
          </>
        }
        items={ranges.map((one) => ({
          key: one.value,
          checked: one.value === range,
          onSelect: () => onRange(one.value),
          label: (
            <>
              <span className="grow">{one.label}</span>
              {one.value === range ? <Icon name="ok" size={14} /> : null}
            </>
          ),
        }))}
      />
      <Button on={isLive} onClick={onLive} title={isLive ? 'Stop following' : 'Follow new runs'}>
        <Icon name={isLive ? 'run' : 'play'} size={14} className={isFollowing ? 'spin' : undefined} />
        {isLive && !isFollowing ? 'Connecting' : 'Live'}
      </Button>
    </>
  )
}
