import type { IncomingMessage, ServerResponse } from 'node:http'
import { authenticate } from '@clew/control'
import { pathOf, respondJson } from '@clew/runtime'
import { ZodError } from 'zod'
import { ApiError, unwrap } from '../api-error.ts'
import type { ApiDeps } from '../deps.ts'
import { credentialOf } from '../live/credential-of.ts'
import type { Live } from '../live/live.ts'
import { checkOrigin } from './check-origin.ts'
import { matchRoute } from './match-route.ts'
import { buildOpenApi } from './openapi.ts'
import { resolveProject } from './resolve-project.ts'
import { respondError } from './respond-error.ts'
import type { Route } from './route.ts'
import { routes } from './routes.ts'

const ingestPath = /^\/v1\/(traces|logs|metrics)$/

/** `/v1/*` for every other language; OTLP's POSTs on the same paths belong to ingest. */
export function createHttpFace({ deps, live }: { deps: ApiDeps; live: Live }) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<boolean> => {
    const path = pathOf(req)
    if (req.method === 'POST' && ingestPath.test(path)) return false
    try {
      if (path === '/v1/openapi.json') {
        respondJson(res, { status: 200, body: buildOpenApi({ routes, config: deps.config }) })
        return true
      }
      await answer({ deps, live, req, res, path })
    } catch (thrown) {
      respondError({ res, thrown: toReadable(thrown), logger: deps.logger })
    }
    return true
  }
}

async function answer(options: {
  deps: ApiDeps
  live: Live
  req: IncomingMessage
  res: ServerResponse
  path: string
}): Promise<void> {
  const { deps, live, req, res, path } = options
  const { route, pathParams } = findRoute({ path, method: req.method ?? 'GET', res })
  checkOrigin({ req, config: deps.config })
  const reauthenticate = () => authenticate(deps.control, req.headers)
  const principal = unwrap(await reauthenticate())
  const { project: named, ...query } = Object.fromEntries(new URL(req.url ?? '/', 'http://clew').searchParams)
  const project = await resolveProject({ control: deps.control, principal, scopes: route.scopes, named })
  const ctx = { ...deps, live, project, reauthenticate, credential: credentialOf(req.headers) }
  const params = { ...query, ...pathParams }
  const body = await route.handle({ deps, ctx, principal, params, req, res })
  if (body !== undefined) respondJson(res, { status: 200, body })
}

function findRoute(options: { path: string; method: string; res: ServerResponse }): {
  route: Route
  pathParams: Record<string, string>
} {
  const { path, res } = options
  const method = options.method === 'HEAD' ? 'GET' : options.method
  const match = matchRoute({ routes, path })
  if (match === undefined) throw new ApiError({ code: 'not-found', message: 'There is no such path' })
  const route = match.routes.find((candidate) => candidate.method === method)
  if (route !== undefined) return { route, pathParams: match.params }
  const allowed = match.routes.map((candidate) => candidate.method).join(', ')
  res.setHeader('allow', allowed)
  throw new ApiError({ code: 'method-not-allowed', message: `This path answers ${allowed}` })
}

function toReadable(thrown: unknown): unknown {
  if (!(thrown instanceof ZodError)) return thrown
  const [issue] = thrown.issues
  const field = issue?.path.join('.') ?? ''
  const message =
    field === '' ? (issue?.message ?? 'not valid') : `${field}: ${issue?.message ?? 'not valid'}`
  return new ApiError({ code: 'invalid', message, ...(field === '' ? {} : { field }) })
}
