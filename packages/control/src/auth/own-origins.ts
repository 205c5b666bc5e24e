const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]']

/** The public URL's origin; when that is this machine, under each of its names. */
export function loopbackOrigins(publicUrl: string): string[] {
  const { protocol, hostname, port, origin } = new URL(publicUrl)
  if (!loopbackHosts.includes(hostname)) return [origin]
  return loopbackHosts.map((host) => `${protocol}//${host}${port === '' ? '' : `:${port}`}`)
}

/**
 * The request's origin when it is the very host that was asked, so that signing in works under whatever name or
 * address people reach the server by. A page of another site always has another origin than the host it calls.
 */
export function ownOrigins(request: Request): string[] {
  const origin = request.headers.get('origin')
  const host = request.headers.get('host')
  if (origin === null || host === null) return []
  return origin === `http://${host}` || origin === `https://${host}` ? [origin] : []
}
