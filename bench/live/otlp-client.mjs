/** Posts OTLP to a server and reads its streams, as an app's exporter and a program that follows a run do. */
export function createClient({ url, key }) {
  const authorization = `Bearer ${key}`

  async function post(path, body) {
    const reply = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify(body),
    })
    const text = await reply.text()
    if (!reply.ok || text.includes('rejected')) throw new Error(`${path} answered ${reply.status}: ${text}`)
  }

  /** Gives each event of a stream to `onEvent`; `opened` resolves once the server has answered. */
  function readEvents(path, onEvent) {
    const aborter = new AbortController()
    const opened = (async () => {
      const headers = { authorization, accept: 'application/x-ndjson' }
      const reply = await fetch(url + path, { headers, signal: aborter.signal })
      if (!reply.ok) throw new Error(`${path} answered ${reply.status}`)
      void (async () => {
        let text = ''
        for await (const chunk of reply.body.pipeThrough(new TextDecoderStream())) {
          text += chunk
          const lines = text.split('\n')
          text = lines.pop() ?? ''
          for (const line of lines) if (line !== '') onEvent(JSON.parse(line))
        }
      })().catch(() => {})
    })()
    return { opened, close: () => aborter.abort() }
  }

  return {
    postSpans: (spans) =>
      post('/v1/traces', {
        resourceSpans: [{ resource: {}, scopeSpans: [{ scope: { name: 'bench' }, spans }] }],
      }),
    postLogs: (logRecords) =>
      post('/v1/logs', {
        resourceLogs: [{ resource: {}, scopeLogs: [{ scope: { name: 'bench' }, logRecords }] }],
      }),
    readEvents,
  }
}

/** A span on the wire; one without an end still runs. */
export function toSpan({ traceId, spanId, parentSpanId, name, kind, startMs, endMs, attributes = {} }) {
  const all = {
    'openinference.span.kind': kind,
    ...(endMs === undefined ? { 'clew.span.state': 'running' } : {}),
    ...attributes,
  }
  return {
    traceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name,
    kind: 1,
    startTimeUnixNano: `${startMs}000000`,
    endTimeUnixNano: endMs === undefined ? '0' : `${endMs}000000`,
    attributes: Object.entries(all).map(([attribute, value]) => ({
      key: attribute,
      value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
    })),
  }
}

/** The value below which a share of the sorted values lies, in words. */
export function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(0) ?? '-'
}

export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
