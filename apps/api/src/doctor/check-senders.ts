import type { DatedReport, IngestTrouble, RefusedKey } from '@clew/control'
import type { ProjectId } from '@clew/domain'
import type { SkewedSender, UnpricedModel } from '@clew/store'
import type { Finding } from './finding.ts'
import { clockInWords, countInWords, durationInWords } from './in-words.ts'

/** Records of this project that were not kept, and its requests that were refused, by reason. */
export function checkTroubles(reports: readonly DatedReport[], projectId: ProjectId): Finding[] {
  const troubles = reports
    .flatMap(({ report }) => report.troubles)
    .filter((trouble) => trouble.projectId === projectId)
  const rejected = troubles.filter(({ kind }) => kind === 'rejected-records')
  const refused = troubles.filter(({ kind }) => kind === 'refused-requests')
  return [
    { name: 'rejected', title: 'Rejected spans', ...describeTroubles(rejected, 'record', recordReasons) },
    { name: 'refused', title: 'Refused requests', ...describeTroubles(refused, 'request', requestReasons) },
  ]
}

type Words = readonly [detail: string, advice: string]

const recordReasons: Readonly<Record<string, Words>> = {
  'bad-id': ['without valid ids', 'Trace ids are 16 bytes and span ids 8, not all zero; in JSON as hex.'],
  'bad-time': [
    'without a start, or with a time that is none',
    'Times are nanoseconds since 1970; a span needs its start.',
  ],
  'too-old': [
    'older than the project keeps runs',
    'Send them sooner, or keep runs longer (Settings, Retention). Milliseconds sent as nanoseconds look old too.',
  ],
  'in-future': [
    'more than a day ahead of the clock here',
    'Set the clock of the sender, and see that it sends nanoseconds.',
  ],
  malformed: ['against the OTLP contract', 'The answer to the sender names each and says how.'],
  'not-stored': ['that ClickHouse would not take', 'The log of the ingest has the code of the error.'],
  failed: ['that Clew could not process', 'This is a fault of Clew; its log says where. Please report it.'],
}

const requestReasons: Readonly<Record<string, Words>> = {
  'broken-body': [
    'with a body that is no OTLP',
    'The sender was told how; see that content type and body agree.',
  ],
  'too-large': ['beyond the size limit', 'Send smaller batches: the limit holds for the inflated body, too.'],
  'too-slow': ['that did not arrive in time', 'Look at the network between the sender and Clew.'],
  gone: ['broken off by the sender', 'Its timeout may be too short.'],
  'unsupported-media': [
    'in neither protobuf nor JSON',
    'Set OTEL_EXPORTER_OTLP_PROTOCOL to http/protobuf; gRPC needs a collector in front.',
  ],
  'unsupported-encoding': ['compressed in a way unknown here', 'Use gzip.'],
  overloaded: [
    'that came while the ingest was full',
    'Senders try again by themselves; if it lasts, run another.',
  ],
  'rate-limited': ['beyond what their key may send', 'Raise the limits of the key, or send less.'],
  unavailable: ['that came while nothing could be stored', 'Senders try again by themselves.'],
  refused: ['that failed in Clew', 'This is a fault of Clew; its log says where. Please report it.'],
}

function describeTroubles(
  troubles: readonly IngestTrouble[],
  noun: string,
  reasons: Readonly<Record<string, Words>>,
): Pick<Finding, 'status' | 'detail' | 'advice'> {
  if (troubles.length === 0) return { status: 'ok', detail: 'none of late' }
  const byCount = [...sumByReason(troubles)].toSorted((a, b) => b[1].count - a[1].count)
  const words = byCount.map(([reason, { count, lastAt }]) => {
    const [why] = reasons[reason] ?? [`for the reason "${reason}"`]
    return `${countInWords(count, noun)} ${why}, the last at ${clockInWords(lastAt)}`
  })
  const advice = byCount.flatMap(([reason]) => reasons[reason]?.[1] ?? [])
  return { status: 'warning', detail: words.join('; '), advice: advice.slice(0, 2).join(' ') }
}

function sumByReason(troubles: readonly IngestTrouble[]): Map<string, { count: number; lastAt: string }> {
  const sums = new Map<string, { count: number; lastAt: string }>()
  for (const { reason, count, lastAt } of troubles) {
    const sum = sums.get(reason) ?? { count: 0, lastAt }
    sums.set(reason, { count: sum.count + count, lastAt: sum.lastAt > lastAt ? sum.lastAt : lastAt })
  }
  return sums
}

/** Keys that were refused within the last hour, by any process. */
export function checkRefusedKeys(refusals: readonly RefusedKey[]): Finding {
  const about = { name: 'refused-keys', title: 'Refused keys' }
  if (refusals.length === 0) return { ...about, status: 'ok', detail: 'none within the hour' }
  const named = refusals.slice(0, 3).map(({ code, hint, at }) => {
    return `${keyWords[code]} ending in …${hint} at ${clockInWords(at)}`
  })
  const rest = refusals.length > 3 ? ` and ${refusals.length - 3} more` : ''
  return {
    ...about,
    status: 'warning',
    detail: `${named.join(', ')}${rest}`,
    advice: 'Some sender still has it: give it a key of this installation (Settings, Keys).',
  }
}

const keyWords: Readonly<Record<RefusedKey['code'], string>> = {
  'unknown-key': 'an unknown key',
  'revoked-key': 'a revoked key',
  'expired-key': 'an expired key',
  forbidden: 'a key without the scope ingest,',
}

/** So much may the times of a sender differ from the clock here: transport takes time, being ahead does not. */
export const clockLimits = { aheadMsMax: 2000, behindMsMax: 300_000 }

/** Senders whose times disagree with the clock here. */
export function checkClocks(senders: readonly SkewedSender[]): Finding {
  const about = { name: 'clocks', title: 'Clocks of senders' }
  const [worst] = senders
  if (worst === undefined) return { ...about, status: 'ok', detail: 'agree with the clock here' }
  const words = senders.slice(0, 3).map(({ serviceName, aheadMs }) => {
    const name = serviceName === '' ? 'a service without a name' : serviceName
    return aheadMs > 0
      ? `${name} is at least ${durationInWords(aheadMs)} ahead`
      : `${name} is ${durationInWords(-aheadMs)} behind, or sends that late`
  })
  return {
    ...about,
    status: 'warning',
    detail: words.join('; '),
    advice: 'Durations stay right; start times and the order across services do not. Keep clocks by NTP.',
  }
}

/** Models whose tokens have no price. */
export function checkPrices(models: readonly UnpricedModel[]): Finding {
  const about = { name: 'prices', title: 'Prices' }
  if (models.length === 0) return { ...about, status: 'ok', detail: 'every model that was called has one' }
  const named = models
    .slice(0, 5)
    .map(({ model, callCount }) => `${model} (${countInWords(callCount, 'call')})`)
  const rest = models.length > 5 ? ' and more' : ''
  return {
    ...about,
    status: 'warning',
    detail: `no price for ${named.join(', ')}${rest}; their cost is unknown, not zero`,
    advice: 'Give it a price of your own (Settings, Prices), or have the sender report what it costs.',
  }
}
