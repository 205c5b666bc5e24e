import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { pad, style, wrap } from '../terminal/style.ts'
import { toStatusError } from '../to-cli-error.ts'

const report = z.looseObject({
  version: z.string(),
  otlpUrl: z.string(),
  project: z.looseObject({ slug: z.string(), name: z.string() }),
  checks: z.array(z.looseObject({ name: z.string(), status: z.string(), detail: z.string() })),
})
const refusal = z.looseObject({ error: z.looseObject({ message: z.string() }) })

/** What stands before the words of a check. */
const headWidth = 24

export const doctor = defineCommand({
  words: 'doctor',
  says: 'what works and what does not, in words',
  input: z.object({}),
  run: async (context) => {
    const { url, token, terminal, isJson, signal } = context
    const query = context.project === undefined ? '' : `?project=${encodeURIComponent(context.project)}`
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const reply = await fetch(`${url}/v1/doctor${query}`, { headers, signal })
    const body: unknown = await reply.json().catch(() => undefined)
    if (!reply.ok) {
      const refused = refusal.safeParse(body)
      const message = refused.success ? refused.data.error.message : `answered ${reply.status}`
      throw toStatusError({ status: reply.status, message, url })
    }
    const { version, otlpUrl, project, checks } = report.parse(body)
    const isWell = checks.every(({ status }) => status !== 'failed')
    if (isJson) context.json(body)
    else {
      terminal.line(`Clew ${version} at ${url}, OTLP to ${otlpUrl}`)
      terminal.line(`project ${project.name} (${project.slug})`)
      terminal.line()
      const room = terminal.width() - headWidth
      for (const { name, status, detail } of checks) {
        const sign = status === 'ok' ? ' ' : status === 'failed' ? 'x' : '!'
        const tone = status === 'ok' ? 'plain' : status === 'failed' ? 'fail' : 'warn'
        const [first = '', ...rest] = wrap(detail, room)
        terminal.line(`${style(terminal, tone, `${sign} ${pad(name, 12)} ${pad(status, 8)}`)} ${first}`)
        for (const line of rest) terminal.line(' '.repeat(headWidth) + line)
      }
    }
    return isWell ? 'completed' : 'problem'
  },
})
