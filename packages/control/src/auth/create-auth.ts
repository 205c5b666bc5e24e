import { randomUUID } from 'node:crypto'
import type { Db } from '@clew/db'
import { tables } from '@clew/db'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { betterAuth } from 'better-auth/minimal'
import { auditSignIn } from './audit-sign-in.ts'
import { createRateLimit } from './create-rate-limit.ts'
import { ownOrigins, loopbackOrigins } from './own-origins.ts'

export interface AuthOptions {
  db: Db
  secret: string
  publicUrl: string
  trustedOrigins: readonly string[]
  clock: () => number
}

/** All that Clew asks of its authentication library. */
export interface Auth {
  /** Answers `/api/auth/*`. */
  handle(request: Request): Promise<Response>
  readSession(headers: Headers): Promise<{ personId: string } | undefined>
  /** Whole Set-Cookie values of a new session. */
  signIn(credentials: { email: string; password: string }): Promise<string[]>
  hashPassword(password: string): Promise<string>
}

/** Carries the caller's address to the rate limits; a request's own header of this name is thrown away. */
export const clientAddressHeader = 'x-clew-client-address'

export const passwordLengthMin = 8
export const passwordLengthMax = 128
export const cookiePrefix = 'clew'

const daySeconds = 24 * 60 * 60

export function createAuth(options: AuthOptions): Auth {
  const { db, publicUrl, clock } = options
  const auth = betterAuth({
    ...staticOptions(options),
    database: drizzleAdapter(db.orm, {
      provider: 'pg',
      schema: {
        user: tables.person,
        session: tables.session,
        account: tables.account,
        verification: tables.verification,
      },
    }),
    trustedOrigins: (request) => [
      ...loopbackOrigins(publicUrl),
      ...options.trustedOrigins,
      ...(request === undefined ? [] : ownOrigins(request)),
    ],
    databaseHooks: {
      session: {
        create: { after: async (session) => await auditSignIn({ db, clock, personId: session.userId }) },
      },
    },
  })
  return {
    handle: async (request) => await auth.handler(request),
    async readSession(headers) {
      const session = await auth.api.getSession({ headers })
      return session === null ? undefined : { personId: session.user.id }
    },
    async signIn(credentials) {
      const { headers } = await auth.api.signInEmail({ body: credentials, returnHeaders: true })
      return headers.getSetCookie()
    },
    async hashPassword(password) {
      const context = await auth.$context
      return await context.password.hash(password)
    },
  }
}

function staticOptions({ secret, publicUrl, clock }: AuthOptions) {
  return {
    appName: 'Clew',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    telemetry: { enabled: false },
    // Its own log would go to the console beside ours; failures reach the caller as replies.
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLengthMin,
      maxPasswordLength: passwordLengthMax,
    },
    session: { expiresIn: 30 * daySeconds, updateAge: daySeconds },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 300,
      customRules: {
        '/sign-in/email': { window: 60, max: 10 },
        '/change-password': { window: 60, max: 10 },
        '/get-session': false as const,
      },
      customStorage: createRateLimit({ clock }),
    },
    advanced: {
      // Said outright: left out, both are off wherever NODE_ENV is `test`.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      cookiePrefix,
      useSecureCookies: publicUrl.startsWith('https:'),
      database: { generateId: () => randomUUID() },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
  }
}
