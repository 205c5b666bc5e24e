import type { RequestListener } from 'node:http'
import { ok, type Result } from '@clew/domain'
import { serve, type Config, type RunningServer, type ServeFailure } from '@clew/runtime'
import { createSwitchableHandler } from './switchable-handler.ts'

export interface Listening {
  main: RunningServer
  /** Where people open Clew. */
  url: string
  otlpUrl: string
  switchTo: (next: RequestListener) => void
  /** Lets requests under way finish for a moment, then closes. */
  close: () => Promise<void>
}

const closeGraceMs = 1500

/** Takes the ports before anything is opened, so that a taken one is found at once. */
export async function listen({ config }: { config: Config }): Promise<Result<Listening, ServeFailure>> {
  const { host, port, otlpHost, otlpPort, publicUrl } = config
  const { handler, switchTo } = createSwitchableHandler()
  const main = await serve({ host, port, handler, portVariable: 'CLEW_PORT' })
  if (!main.ok) return main
  const servers = [main.value]
  const close = async () => void (await Promise.all(servers.map((server) => server.close(closeGraceMs))))
  const url = publicUrl ?? main.value.url
  const rest = { main: main.value, url, switchTo, close }
  if (otlpPort === undefined) return ok({ ...rest, otlpUrl: url })
  const otlp = await serve({ host: otlpHost, port: otlpPort, handler, portVariable: 'CLEW_OTLP_PORT' })
  if (!otlp.ok) {
    await close()
    return otlp
  }
  servers.push(otlp.value)
  return ok({ ...rest, otlpUrl: otlp.value.url })
}
