import { NextResponse } from 'next/server'
import type { NextRequest } from 'next/server'
import { readServiceUrls } from './config.ts'

const ingestPaths = /^\/(?:(?:api\/public\/)?otel\/)?v1\/(?:traces|logs|metrics)$/

/**
 * Where web runs as a service of its own it is the front door: OTLP goes to ingest, other calls to the API.
 * Bodies and event streams pass unbuffered. In one process the mounts answer before Next sees the request.
 */
export function proxy(request: NextRequest): NextResponse {
  const { apiUrl, ingestUrl } = readServiceUrls()
  const { pathname, search } = request.nextUrl
  const target = request.method === 'POST' && ingestPaths.test(pathname) ? ingestUrl : apiUrl
  if (target === undefined) return NextResponse.next()
  return NextResponse.rewrite(new URL(pathname + search, target))
}

export const config = {
  matcher: ['/v1/:path*', '/trpc/:path*', '/api/:path*', '/otel/:path*', '/readyz', '/metrics'],
}
