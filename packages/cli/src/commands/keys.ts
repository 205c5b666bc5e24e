import { formatBytes, formatMoment } from '@clew/domain/format'
import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { drawTable } from '../terminal/table.ts'

const scopes = ['ingest', 'read', 'write', 'admin'] as const

const keyId = z.uuid('should be the id that `clew keys` shows')

const limit = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'should be a whole number above 0')
  .transform(Number)

export const keys = defineCommand({
  words: 'keys',
  says: 'the API keys of the project; needs a key with the scope admin',
  input: z.object({}),
  run: async (context) => {
    const { client, terminal, isJson, clock } = context
    const list = await client.keys.list.query({ projectId: await context.projectId() })
    if (isJson) {
      context.json(list)
      return 'completed'
    }
    const moment = (at: string | undefined) => (at === undefined ? '' : formatMoment(Date.parse(at), clock()))
    const rows = list.map((key) => [
      key.name,
      `…${key.hint}`,
      key.scopes.join(', '),
      key.revokedAt === undefined ? { text: 'in use' } : { text: '! revoked', tone: 'warn' as const },
      moment(key.lastUsedAt),
      moment(key.expiresAt),
      { text: key.id, tone: 'quiet' as const },
    ])
    const columns = ['name', 'key', 'scopes', 'state', 'last used', 'expires', 'id'].map((title) => ({
      title,
      isFlexible: title === 'name',
    }))
    for (const line of drawTable({ terminal, columns, rows })) terminal.line(line)
    return 'completed'
  },
})

const limitFlags = {
  'requests-per-minute': { takes: 'value', says: 'beyond it the ingest answers 429' },
  'bytes-per-minute': { takes: 'value', says: 'the same for bytes, compressed as they travel' },
  'body-bytes': { takes: 'value', says: 'the largest body, as it travels' },
} as const

const limitInput = {
  'requests-per-minute': limit.optional(),
  'bytes-per-minute': limit.optional(),
  'body-bytes': limit.optional(),
}

function toLimits(input: z.output<z.ZodObject<typeof limitInput>>) {
  const { 'requests-per-minute': requests, 'bytes-per-minute': bytes, 'body-bytes': body } = input
  return {
    ...(requests !== undefined && { requestsPerMinute: requests }),
    ...(bytes !== undefined && { bytesPerMinute: bytes }),
    ...(body !== undefined && { bodyBytesMax: body }),
  }
}

export const keysCreate = defineCommand({
  words: 'keys create',
  says: 'makes a key and prints its secret, this once',
  operands: [{ name: 'name', says: 'what people call it' }],
  flags: {
    scopes: { takes: 'value', says: `${scopes.join(', ')}, by commas; ingest,read when absent` },
    ...limitFlags,
  },
  input: z.object({
    name: z.string(),
    scopes: z
      .string()
      .default('ingest,read')
      .transform((text) => text.split(','))
      .pipe(z.array(z.enum(scopes, { error: `should be some of ${scopes.join(', ')}` })).min(1)),
    ...limitInput,
  }),
  run: async (context, input) => {
    const projectId = await context.projectId()
    const { name, scopes: granted } = input
    const limits = toLimits(input)
    const created = await context.client.keys.create.mutate({ projectId, name, scopes: granted, limits })
    if (context.isJson) context.json(created)
    else context.terminal.line(created.secret)
    return 'completed'
  },
})

export const keysLimit = defineCommand({
  words: 'keys limit',
  says: 'sets what a key may send from now on; a limit that is not named is taken away',
  operands: [{ name: 'id', says: 'the id that `clew keys` shows' }],
  flags: limitFlags,
  input: z.object({ id: keyId, ...limitInput }),
  run: async (context, { id, ...input }) => {
    const wanted = { projectId: await context.projectId(), keyId: id, limits: toLimits(input) }
    const key = await context.client.keys.limit.mutate(wanted)
    if (context.isJson) context.json(key)
    else context.terminal.line(`${key.name} …${key.hint}: ${describeLimits(key.limits)}`)
    return 'completed'
  },
})

function describeLimits(limits: {
  requestsPerMinute?: number | undefined
  bytesPerMinute?: number | undefined
  bodyBytesMax?: number | undefined
}): string {
  const { requestsPerMinute: requests, bytesPerMinute: bytes, bodyBytesMax: body } = limits
  const said = [
    ...(requests === undefined ? [] : [`${requests} requests a minute`]),
    ...(bytes === undefined ? [] : [`${formatBytes(bytes)} a minute`]),
    ...(body === undefined ? [] : [`bodies to ${formatBytes(body)}`]),
  ]
  return said.length === 0 ? 'no limits of its own' : said.join(', ')
}

export const keysRevoke = defineCommand({
  words: 'keys revoke',
  says: 'ends a key for good; its streams close within a second',
  operands: [{ name: 'id', says: 'the id that `clew keys` shows' }],
  input: z.object({ id: keyId }),
  run: async (context, { id }) => {
    const key = await context.client.keys.revoke.mutate({ projectId: await context.projectId(), keyId: id })
    if (context.isJson) context.json(key)
    else context.terminal.line(`revoked ${key.name} …${key.hint}`)
    return 'completed'
  },
})
