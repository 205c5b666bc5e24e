import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('../recordings/', import.meta.url))

/** One request of a recording, in the order of arrival. */
export interface RecordedRequest {
  file: string
  signal: 'traces' | 'logs' | 'metrics'
  path: string
  headers: Record<string, string>
  contentType: 'application/json' | 'application/x-protobuf'
  /** The bytes as sent. */
  body: Uint8Array
  /** The bytes after any gzip. */
  inflated: Uint8Array
}

/** What published SDKs put on the wire in one scenario, and what a correct normaliser finds in it. */
export interface Recording {
  /** `<sdk>@<version>/<scenario>`. */
  id: string
  sdk: string
  scenario: string
  requests: RecordedRequest[]
  expected: ExpectedRecording
}

export interface ExpectedRecording {
  spanCount: number
  traceIds: string[]
  traceTotals: { input: number; output: number; agreesWithServer: boolean }
  kinds: Record<string, number>
  agents: string[]
  sessionIds: string[]
  userIds: string[]
  tools: string[]
  hasError: boolean
  droppedSpans?: number
  spans: ExpectedSpan[]
}

/** A field that is missing here is not on the wire. */
export interface ExpectedSpan {
  spanId: string
  traceId: string
  [field: string]: unknown
}

/** The ids of all recordings, sorted. */
export function listRecordings(): string[] {
  const ids: string[] = []
  for (const sdk of readdirSync(root, { withFileTypes: true })) {
    if (!sdk.isDirectory()) continue
    for (const scenario of readdirSync(`${root}${sdk.name}`, { withFileTypes: true })) {
      if (scenario.isDirectory()) ids.push(`${sdk.name}/${scenario.name}`)
    }
  }
  return ids.toSorted()
}

/** Reads one recording by its id. */
export function loadRecording(id: string): Recording {
  const folder = `${root}${id}/`
  const slash = id.indexOf('/')
  const headersFile = `${folder}headers.json`
  const sent: SentRequest[] = existsSync(headersFile) ? JSON.parse(readFileSync(headersFile, 'utf8')) : []
  const expected: ExpectedRecording = JSON.parse(readFileSync(`${folder}expected.json`, 'utf8'))
  return {
    id,
    sdk: id.slice(0, slash),
    scenario: id.slice(slash + 1),
    requests: sent.map((request) => loadRequest(folder, request)),
    expected,
  }
}

interface SentRequest {
  file: string
  path: string
  headers: Record<string, string>
}

function loadRequest(folder: string, sent: SentRequest): RecordedRequest {
  const body = readFileSync(`${folder}${sent.file}`)
  const signal = sent.file.split('.')[1]
  return {
    file: sent.file,
    signal: signal === 'logs' || signal === 'metrics' ? signal : 'traces',
    path: sent.path,
    headers: sent.headers,
    contentType: sent.file.includes('.json') ? 'application/json' : 'application/x-protobuf',
    body,
    inflated: sent.file.endsWith('.gz') ? gunzipSync(body) : body,
  }
}
