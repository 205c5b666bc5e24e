import { Buffer } from 'node:buffer'

/** `headers` as fetch or node:http give them. */
export type RequestHeaders = Headers | Record<string, string | string[] | undefined>

/** What a request brings to say who it is. */
export type Credentials =
  | { kind: 'none' }
  /** The secrets that it may mean, likeliest first. */
  | { kind: 'key'; candidates: string[] }
  | { kind: 'cookie' }

const secretLengthMax = 512

/** An explicit key always counts before a cookie; `sessionCookie` tells our own cookie by its name. */
export function readCredentials(headers: RequestHeaders, sessionCookie: RegExp): Credentials {
  const authorization = readHeader(headers, 'authorization')?.trim() ?? ''
  const bearer = /^bearer\s+(\S.*)$/i.exec(authorization)?.[1]
  if (bearer !== undefined) return toKey([bearer.trim()])
  const basic = /^basic\s+(\S+)$/i.exec(authorization)?.[1]
  if (basic !== undefined) return toKey(decodeBasic(basic))
  const apiKey = readHeader(headers, 'x-api-key')?.trim() ?? ''
  if (apiKey !== '') return toKey([apiKey])
  return sessionCookie.test(readHeader(headers, 'cookie') ?? '') ? { kind: 'cookie' } : { kind: 'none' }
}

export function readHeader(headers: RequestHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined
  return Array.isArray(value) ? value.join(name === 'cookie' ? '; ' : ', ') : value
}

// Clients write `public:secret`, some put the secret first and leave the rest empty.
function decodeBasic(encoded: string): string[] {
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon === -1 ? [text] : [text.slice(colon + 1), text.slice(0, colon), text]
}

function toKey(candidates: string[]): Credentials {
  const usable = candidates.filter((secret) => secret !== '' && secret.length <= secretLengthMax)
  return { kind: 'key', candidates: usable }
}
