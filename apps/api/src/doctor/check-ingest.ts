import type { DatedReport, IngestReport } from '@clew/control'
import { formatBytes } from '@clew/domain/format'
import { diskStatus } from './check-stores.ts'
import type { Finding } from './finding.ts'
import { countInWords, durationInWords } from './in-words.ts'

/** Reports come every five seconds; after several missed ones the ingest counts as silent. */
const silentAfterMs = 40_000
const nearFull = 0.7
const behindMsMax = 30_000

/** What the ingests said of themselves: that they run, their queues, spools and summaries. */
export function checkIngests(reports: readonly DatedReport[], { nowMs }: { nowMs: number }): Finding[] {
  const lively = reports.filter(({ ageMs }) => ageMs <= silentAfterMs)
  const alive = checkAlive(reports, lively)
  if (lively.length === 0) return [alive]
  const own = lively.map(({ report }) => report)
  return [alive, checkQueue(own), checkSpool(own, nowMs), checkSummaries(own)]
}

function checkAlive(reports: readonly DatedReport[], lively: readonly DatedReport[]): Finding {
  const about = { name: 'ingest', title: 'Ingest' }
  const silent = reports.filter((report) => !lively.includes(report))
  const [lastHeard] = silent.toSorted((a, b) => a.ageMs - b.ageMs)
  const advice = 'See whether its process runs and reaches the control database; its log says why if not.'
  if (lastHeard === undefined) {
    return lively.length > 0
      ? { ...about, status: 'ok', detail: lively.length === 1 ? 'runs' : `${lively.length} run` }
      : { ...about, status: 'failed', detail: 'none runs: nobody takes spans', advice }
  }
  const since = `not heard of for ${durationInWords(lastHeard.ageMs)}`
  return lively.length === 0
    ? { ...about, status: 'failed', detail: `${since}; nobody takes spans`, advice }
    : {
        ...about,
        status: 'warning',
        detail: `${lively.length} of ${reports.length} run; one was ${since}`,
        advice,
      }
}

function checkQueue(reports: readonly IngestReport[]): Finding {
  const about = { name: 'queue', title: 'Queue' }
  const fullest = worstBy(reports, ({ queue }) => queue.bytes / queue.bytesMax)
  const { bytes, bytesMax } = fullest.queue
  const detail = `${formatBytes(bytes)} of ${formatBytes(bytesMax)} in use`
  if (bytes / bytesMax < nearFull) return { ...about, status: 'ok', detail }
  return {
    ...about,
    status: 'warning',
    detail: `${detail}; at the limit senders are told to come back later (429)`,
    advice: 'ClickHouse may be slow, or more arrives than one ingest writes: look at both, or run another.',
  }
}

function checkSpool(reports: readonly IngestReport[], nowMs: number): Finding {
  const about = { name: 'spool', title: 'Spool' }
  const { spool, disk } = worstBy(reports, (report) => report.spool.bytes / report.spool.bytesMax)
  const away = reports.find((report) => report.spool.storeAwaySince !== undefined)?.spool.storeAwaySince
  const room = `${formatBytes(spool.bytes)} of ${formatBytes(spool.bytesMax)}`
  if (spool.bytes >= spool.bytesMax * nearFull) {
    return {
      ...about,
      status: 'failed',
      detail: `nearly full, ${room}; beyond it senders are refused (503) and keep what they have`,
      advice: 'Bring ClickHouse back; the spool empties itself. CLEW_SPOOL_BYTES gives it more room.',
    }
  }
  if (disk !== undefined && diskStatus(disk) !== 'ok') {
    return {
      ...about,
      status: diskStatus(disk),
      detail: `its disk has ${formatBytes(disk.freeBytes)} of ${formatBytes(disk.totalBytes)} left`,
      advice: 'Free or add room: without it spans are refused while ClickHouse is away.',
    }
  }
  if (spool.bytes > 0 || away !== undefined) {
    const since = away ?? spool.oldestAt
    const age = since === undefined ? '' : `, for ${durationInWords(nowMs - Date.parse(since))}`
    return {
      ...about,
      status: 'warning',
      detail: `${room} wait for ClickHouse${age}; they are safe on disk and written when it takes them`,
      advice: 'If this does not go away, look at ClickHouse: its log and its disk.',
    }
  }
  const unreadable = reports.reduce((sum, report) => sum + report.spool.unreadableFiles, 0)
  if (unreadable === 0) return { ...about, status: 'ok', detail: 'empty' }
  return {
    ...about,
    status: 'warning',
    detail: `${countInWords(unreadable, 'file')} could not be read or stored, and were set aside`,
    advice: 'They end in .unreadable in the spool folder; the log of the ingest names each and the reason.',
  }
}

function checkSummaries(reports: readonly IngestReport[]): Finding {
  const about = { name: 'summaries', title: 'Summaries' }
  const { waitingTraces, behindMs } = worstBy(reports, ({ summariser }) => summariser.behindMs).summariser
  if (behindMs <= behindMsMax) return { ...about, status: 'ok', detail: 'up to date' }
  return {
    ...about,
    status: 'warning',
    detail: `${durationInWords(behindMs)} behind, ${countInWords(waitingTraces, 'run')} waiting; lists and totals lag`,
    advice: 'Nothing is lost. If it lasts, ClickHouse is slow, or one run is very large.',
  }
}

function worstBy(reports: readonly IngestReport[], badness: (report: IngestReport) => number): IngestReport {
  return reports.reduce((worst, report) => (badness(report) > badness(worst) ? report : worst))
}
