import { createServer, connect, type Socket } from 'node:net'

export interface CutProxy {
  url: string
  /** Cuts every connection that is open. */
  cut(): void
  /** How many connections were cut. */
  cuts(): number
  close(): Promise<void>
}

/** A wire between a client and a server that a test can cut. */
export async function openCutProxy(target: string): Promise<CutProxy> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let cuts = 0
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    open.add(near)
    const end = () => {
      open.delete(near)
      near.destroy()
      far.destroy()
    }
    near.on('error', end).on('close', end)
    far.on('error', end).on('close', end)
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  const cut = () => {
    for (const socket of open) {
      cuts += 1
      socket.destroy()
    }
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut,
    cuts: () => cuts,
    close: async () => {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
