import type { DemoOptions } from './demo-options.ts'

/** What stops the demo, in one sentence that says what to do; nothing when Clew takes the key. */
export async function findObstacle(options: DemoOptions): Promise<string | undefined> {
  const headers = { 'content-type': 'application/json', ...authorization(options) }
  let status: number
  try {
    const response = await fetch(`${options.endpoint}/v1/traces`, {
      method: 'POST',
      headers,
      body: '{"resourceSpans":[]}',
    })
    status = response.status
  } catch {
    return `Nothing answers at ${options.endpoint}. Start Clew first: npm start`
  }
  if (status < 400) return undefined
  if (options.token === undefined) {
    return `The demo needs a key: copy one from the set-up page or from Settings, Keys, then run CLEW_OTLP_TOKEN=<key> npm run demo (${options.webUrl})`
  }
  if (status === 401 || status === 403)
    return `Clew refuses this key (${status}): it needs the scope ingest. Check CLEW_OTLP_TOKEN.`
  return `${options.endpoint} answered ${status} to an empty OTLP request.`
}

/** The page of a run, as far as the key may know its project. */
export async function toRunUrl(options: DemoOptions, traceId: string): Promise<string> {
  try {
    const response = await fetch(`${options.webUrl}/v1/doctor`, { headers: authorization(options) })
    const slug = findSlug(await response.json())
    if (slug !== undefined) return `${options.webUrl}/p/${slug}/runs/${traceId}`
  } catch {
    // The pages may be elsewhere or the key may not read; the address of the start page is right all the same.
  }
  return `${options.webUrl} (run ${traceId})`
}

function findSlug(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('project' in value)) return undefined
  const { project } = value
  if (typeof project !== 'object' || project === null || !('slug' in project)) return undefined
  return typeof project.slug === 'string' ? project.slug : undefined
}

function authorization(options: DemoOptions): { authorization?: string } {
  return options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }
}
