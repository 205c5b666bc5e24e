import { z } from 'zod'
import type { ApiConfig } from '../deps.ts'
import type { Route } from './route.ts'

/** OpenAPI 3.1 of the HTTP API, made from its routes. */
export function buildOpenApi({ routes, config }: { routes: readonly Route[]; config: ApiConfig }) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: toOperation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Clew',
      version: config.version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: config.publicUrl }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Error: z.toJSONSchema(
          z.object({
            error: z.object({ code: z.string(), message: z.string(), field: z.string().optional() }),
          }),
        ),
      },
    },
  }
}

function toOperation(route: Route) {
  return {
    summary: route.summary,
    operationId: toOperationId(route),
    description: `Needs the scope ${route.scopes.join(' or ')}.`,
    parameters: toParameters(route),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: { required: true, content: { 'application/json': { schema: toSchema(route.body) } } },
        }),
    responses: {
      '200': { description: route.returns, content: toContent(route) },
      default: {
        description: 'An error in words',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}

function toContent({ isStream }: Route) {
  if (!isStream) return { 'application/json': { schema: { type: 'object' } } }
  return {
    'text/event-stream': { schema: { type: 'string' } },
    'application/x-ndjson': { schema: { type: 'string' } },
  }
}

function toParameters(route: Route) {
  const inPath = new Set([...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))
  const own = Object.entries(route.params.shape).map(([name, schema]) => ({
    name,
    in: inPath.has(name) ? 'path' : 'query',
    required: inPath.has(name),
    schema: toSchema(schema),
  }))
  const project = {
    name: 'project',
    in: 'query',
    required: false,
    description: 'Id or slug; needed by callers with several projects',
    schema: { type: 'string' },
  }
  return [...own, project]
}

function toSchema(schema: z.core.$ZodType): unknown {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest
}

function toOperationId({ method, path }: Route): string {
  const words = path.split('/').filter((part) => part !== '' && part !== 'v1')
  const name = words
    .map((word) => word.replace(/[{}]/g, ''))
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
  return method.toLowerCase() + name.join('')
}
