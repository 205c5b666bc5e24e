import { formatAmount, formatCount, formatDuration, formatPercent } from '#lib/format.ts'
import type { Measures } from './measure-runs.ts'

interface Tile {
  label: string
  value?: string | undefined
  unit?: string
  note?: string | undefined
  /** Why there is no value; `not recorded` when nothing was sent that would give one. */
  absent?: string
}

/** For what single runs carry but nothing adds up. */
const absent = 'not summed up yet'

/** Two boards of the last hour. A tile that nothing feeds says so; nothing is invented. */
export function Boards(props: { measures: Measures; sampled: number; count: number | undefined }) {
  const { measures, sampled, count } = props
  const isSample = count !== undefined && count > sampled
  const basis = isSample
    ? `the latest ${formatCount(sampled)} of ${formatCount(count)} runs in the last hour`
    : `last hour, ${formatCount(sampled)} runs`
  return (
    <div className="now-boards">
      <Board title="Useful and safe" basis={basis} tiles={usefulTiles(measures)} />
      <Board
        title="Infrastructure"
        basis={`last hour, ${formatCount(measures.spanCount)} spans`}
        tiles={infrastructureTiles(measures)}
      />
    </div>
  )
}

function Board({ title, basis, tiles }: { title: string; basis: string; tiles: readonly Tile[] }) {
  return (
    <section aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
        <span className="t3">{basis}</span>
      </div>
      <dl className="panel now-tiles">
        {tiles.map((tile) => (
          <div key={tile.label} className="now-tile">
            <dt className="label">{tile.label}</dt>
            <dd>
              {tile.value === undefined ? (
                <span className="now-absent t3">{tile.absent ?? 'not recorded'}</span>
              ) : (
                <span className="figure">
                  {tile.value}
                  {tile.unit === undefined ? null : <small>{tile.unit}</small>}
                </span>
              )}
              <span className="now-note small t3 clip" title={tile.note}>
                {tile.note}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function usefulTiles(measures: Measures): Tile[] {
  const { successRate, costPerSuccess, okCount, errorCount } = measures
  return [
    {
      label: 'Run success',
      value: successRate === undefined ? undefined : formatPercent(successRate),
      unit: '%',
      note:
        successRate === undefined ? 'nothing has ended' : `${okCount} of ${okCount + errorCount} ended well`,
    },
    {
      label: 'Cost per success',
      value: costPerSuccess === undefined ? undefined : formatAmount(costPerSuccess),
      unit: measures.currency === undefined || measures.currency === 'USD' ? '$' : measures.currency,
      note: costPerSuccess === undefined ? 'needs a model with a price' : 'with what failures cost',
    },
    { label: 'Edited or rejected', absent, note: 'stands on each run that has approvals' },
    { label: 'Answers without evidence', absent, note: 'stands on each run that names its evidence' },
    { label: 'Loops stopped', absent, note: 'stands on each run as its stop reason' },
    { label: 'Over budget', absent, note: 'stands on each run that names a budget' },
  ]
}

function infrastructureTiles(measures: Measures): Tile[] {
  const { durationMsP50, durationMsP95, spanErrorRate, tokens } = measures
  return [
    toDurationTile({
      label: 'Run p50',
      ms: durationMsP50,
      note: `${formatCount(measures.endedCount)} ended`,
    }),
    toDurationTile({ label: 'Run p95', ms: durationMsP95, note: '' }),
    {
      label: 'Span errors',
      value: spanErrorRate === undefined ? undefined : formatPercent(spanErrorRate),
      unit: '%',
      note: '',
    },
    { label: 'First words p95', absent, note: 'stands on each streamed model call' },
    { label: 'Tokens', value: tokens === undefined ? undefined : formatCount(tokens), note: '' },
    { label: 'Ingest lag p95', absent, note: 'stands in /metrics' },
  ]
}

function toDurationTile({ label, ms, note }: { label: string; ms: number | undefined; note: string }): Tile {
  if (ms === undefined) return { label, note: 'nothing has ended' }
  const text = formatDuration(ms)
  const cut = text.lastIndexOf(' ')
  return text.split(' ').length > 2
    ? { label, value: text, note }
    : { label, value: text.slice(0, cut), unit: text.slice(cut + 1), note }
}
