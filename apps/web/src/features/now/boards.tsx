import { formatAmount, formatCount, formatDuration, formatPercent } from '@clew/domain/format'
import type { inferOutput } from '@trpc/tanstack-react-query'
import type { Trpc } from '#lib/trpc.tsx'
import type { Measures } from './measure-runs.ts'

interface Tile {
  label: string
  value?: string | undefined
  unit?: string
  note?: string | undefined
  /** Why there is no value; `not recorded` when nothing was sent that would give one. */
  absent?: string
}

type Figures = inferOutput<Trpc['runs']['boardFigures']>

/** Two boards of the last hour. A tile that nothing feeds says so; nothing is invented. */
export function Boards(props: {
  measures: Measures
  /** Absent until they have been read. */
  figures: Figures | undefined
  sampled: number
  count: number | undefined
}) {
  const { measures, figures, sampled, count } = props
  const isSample = count !== undefined && count > sampled
  const basis = isSample
    ? `the latest ${formatCount(sampled)} of ${formatCount(count)} runs in the last hour`
    : `last hour, ${formatCount(sampled)} runs`
  return (
    <div className="now-boards">
      <Board
        title="Useful and safe"
        basis={basis}
        tiles={[...usefulTiles(measures), ...conductTiles(figures)]}
      />
      <Board
        title="Infrastructure"
        basis={`last hour, ${formatCount(measures.spanCount)} spans`}
        tiles={infrastructureTiles(measures, figures)}
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
  const { endedWellRate, costPerSuccess, okCount, errorCount, outcomeCount, successCount } = measures
  return [
    {
      label: 'Task success',
      value: outcomeCount === 0 ? undefined : formatPercent(successCount / outcomeCount),
      unit: '%',
      note: outcomeCount === 0 ? 'by span.setOutcome(…)' : `of ${formatCount(outcomeCount)} with an outcome`,
    },
    {
      label: 'Cost per success',
      value: costPerSuccess === undefined ? undefined : formatAmount(costPerSuccess),
      unit: measures.currency === undefined || measures.currency === 'USD' ? '$' : measures.currency,
      note: outcomeCount === 0 ? 'by runs that ended well' : 'by outcome, with failures',
    },
    {
      label: 'Ended well',
      value: endedWellRate === undefined ? undefined : formatPercent(endedWellRate),
      unit: '%',
      note: endedWellRate === undefined ? 'nothing has ended' : `${okCount} of ${okCount + errorCount}`,
    },
  ]
}

/** How agents behaved, over all runs of the hour. */
function conductTiles(figures: Figures | undefined): Tile[] {
  return [
    toShareTile({
      label: 'Edited or rejected',
      count: figures?.changedCount,
      of: figures?.decidedCount,
      noun: 'decided',
      by: 'by recordApproval(…)',
    }),
    toShareTile({
      label: 'Searched, found nothing',
      count: figures?.unfoundedCount,
      of: figures?.searchedCount,
      noun: 'runs that searched',
      by: 'by retrievals',
    }),
    toShareTile({
      label: 'Budget used up',
      count: figures?.exhaustedCount,
      of: figures?.budgetedCount,
      noun: 'runs with a budget',
      by: 'by recordBudget(…)',
    }),
  ]
}

function toShareTile(share: {
  label: string
  count: number | undefined
  of: number | undefined
  noun: string
  /** What would have recorded it. */
  by: string
}): Tile {
  const { label, count, of, noun, by } = share
  if (count === undefined || of === undefined) return { label, absent: '' }
  if (of === 0) return { label, note: by }
  return {
    label,
    value: formatPercent(count / of),
    unit: '%',
    note: `${formatCount(count)} of ${formatCount(of)} ${noun}`,
  }
}

function infrastructureTiles(measures: Measures, figures: Figures | undefined): Tile[] {
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
    toDurationTile({
      label: 'First words p95',
      ms: figures?.firstWordsMsP95,
      note: 'after the call of a model',
      without: 'by streamed answers',
    }),
    { label: 'Tokens', value: tokens === undefined ? undefined : formatCount(tokens), note: '' },
    toDurationTile({
      label: 'Ingest lag p95',
      ms: figures?.lagMsP95,
      note: 'after a span’s end',
    }),
  ]
}

function toDurationTile(of: { label: string; ms: number | undefined; note: string; without?: string }): Tile {
  const { label, ms, note, without = 'nothing has ended' } = of
  if (ms === undefined) return { label, note: without }
  const text = formatDuration(ms)
  const cut = text.lastIndexOf(' ')
  return text.split(' ').length > 2
    ? { label, value: text, note }
    : { label, value: text.slice(0, cut), unit: text.slice(cut + 1), note }
}
