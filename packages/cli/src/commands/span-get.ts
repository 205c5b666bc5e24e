import { listSteps, parseSpanId } from '@clew/domain'
import type { Run } from '@clew/domain'
import { formatClock, formatDuration, formatMoney } from '@clew/domain/format'
import { toEpochMs } from '@clew/domain'
import { z } from 'zod'
import type { CliContext } from '../cli-context.ts'
import { CliError } from '../cli-error.ts'
import { defineCommand } from '../command.ts'
import { findTraceId } from '../find-trace.ts'
import { pad, plain, style } from '../terminal/style.ts'
import { sayCall } from '../views/say-call.ts'

const views = ['summary', 'io', 'attributes', 'events', 'links', 'raw'] as const
type View = (typeof views)[number]
type Span = Run['spans'][number]

export const spanGet = defineCommand({
  words: 'span get',
  says: 'one span with all of its content',
  operands: [{ name: 'id', says: 'a span id, <trace>:<span id> or <trace>:<step number>' }],
  flags: { view: { takes: 'value', says: `${views.join(', ')}; summary when absent` } },
  input: z.object({
    id: z.string(),
    view: z.enum(views, { error: `should be one of ${views.join(', ')}` }).default('summary'),
  }),
  run: async (context, { id, view }) => {
    const subject = await findSpan(context, id)
    const span = await context.client.runs.span.query({ projectId: await context.projectId(), ...subject })
    if (context.isJson) context.json(span)
    else for (const line of draw(context, { span, view })) context.terminal.line(line)
    return 'completed'
  },
})

async function findSpan(context: CliContext, typed: string): Promise<{ traceId: string; spanId: string }> {
  const [trace = '', inside] = typed.split(':')
  if (inside === undefined) return findBySpanId(context, typed)
  const traceId = await findTraceId(context, trace)
  const spanId = parseSpanId(inside)
  if (spanId !== undefined) return { traceId, spanId }
  if (!/^\d{1,6}$/.test(inside)) {
    throw new CliError({
      exit: 'usage',
      message: `"${inside}" is neither a span id nor the number of a step`,
    })
  }
  const run = await context.client.runs.get.query({ projectId: await context.projectId(), traceId })
  const step = listSteps(run.spans).find(({ number }) => number === Number(inside))
  if (step !== undefined) return { traceId, spanId: step.span.spanId }
  throw new CliError({ exit: 'notFound', message: `the run ${trace} has no step ${inside}` })
}

async function findBySpanId(context: CliContext, typed: string) {
  const spanId = parseSpanId(typed)
  if (spanId === undefined) {
    throw new CliError({
      exit: 'usage',
      message: `"${typed}" is no span id: 16 hex digits, or <trace>:<step>`,
    })
  }
  const where = { field: 'spanId', op: '=' as const, value: spanId }
  const { items } = await context.client.runs.list.query({
    projectId: await context.projectId(),
    filter: { scope: 'any', where },
    limit: 1,
  })
  const [run] = items
  if (run !== undefined) return { traceId: run.traceId, spanId }
  throw new CliError({ exit: 'notFound', message: `there is no span ${typed}` })
}

function draw(context: CliContext, { span, view }: { span: Span; view: View }): string[] {
  switch (view) {
    case 'raw':
      return [JSON.stringify(span, undefined, 2)]
    case 'io':
      return drawIo(context, span)
    case 'attributes':
      return Object.entries(span.attributes).map(([key, value]) => `${key} = ${plain(JSON.stringify(value))}`)
    case 'events':
      return span.events.map(
        ({ name, timeUnixNano, attributes }) =>
          `${formatClock(toEpochMs(timeUnixNano), 'ms')}  ${name}  ${plain(JSON.stringify(attributes))}`,
      )
    case 'links':
      return span.links.map(({ traceId, spanId }) => `${traceId}:${spanId}`)
    case 'summary':
      return drawFacts(context, span)
  }
}

function drawFacts({ terminal }: CliContext, span: Span): string[] {
  const facts: [string, string | undefined][] = [
    ['span', span.name],
    ['kind', span.kind],
    ['state', span.state],
    ['status', span.status],
    ['error', span.errorMessage ?? span.statusMessage],
    ['started', formatClock(toEpochMs(span.startTimeUnixNano), 'ms')],
    ['took', span.durationNs === undefined ? undefined : formatDuration(Number(span.durationNs) / 1e6)],
    ['agent', [span.agent?.name, span.agent?.version].filter((part) => part !== undefined).join(' ')],
    ['model', span.model],
    ['tool', span.tool?.name],
    ['tokens', span.usage === undefined ? undefined : sayUsage(span.usage)],
    ['cost', span.cost === undefined ? undefined : formatMoney(span.cost)],
    ['service', span.serviceName],
    ['session', span.sessionId],
    ['dialect', `${span.dialect}, scope ${span.scope}`],
    ['id', `${span.traceId}:${span.spanId}`],
    ['parent', span.parentSpanId],
  ]
  return facts.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${style(terminal, 'quiet', pad(name, 8))}  ${plain(value)}`],
  )
}

function sayUsage(usage: NonNullable<Span['usage']>): string {
  return Object.entries(usage)
    .map(([name, count]) => `${name} ${String(count)}`)
    .join(', ')
}

function drawIo({ terminal }: CliContext, span: Span): string[] {
  const part = (title: string, text: string | undefined) =>
    text === undefined ? [] : [style(terminal, 'strong', title), plain(pretty(text)), '']
  const messages = (title: string, list: Span['inputMessages']) =>
    (list ?? []).flatMap(({ role, content, toolCalls }) =>
      part(
        `${title} ${role}`,
        [content, ...(toolCalls ?? []).map((call) => sayCall(call))]
          .filter((text) => text !== undefined && text !== '')
          .join('\n'),
      ),
    )
  const spoken = [...messages('in', span.inputMessages), ...messages('out', span.outputMessages)]
  const hasInput = span.inputMessages !== undefined
  const hasOutput = span.outputMessages !== undefined
  const lines = [
    ...(hasInput ? [] : part('input', span.tool?.arguments ?? span.input)),
    ...spoken,
    ...(hasOutput ? [] : part('output', span.tool?.result ?? span.output)),
    ...(span.documents ?? []).flatMap(({ id, score, content = '' }) =>
      part(['document', id, score].filter((word) => word !== undefined).join(' '), content),
    ),
    ...part('error', span.errorMessage ?? span.statusMessage),
  ]
  return lines.length === 0 ? ['nothing was recorded, or this key may not read it'] : lines
}

function pretty(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}
