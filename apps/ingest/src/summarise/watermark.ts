import { readFile, rename, writeFile } from 'node:fs/promises'

/** Up to when everything received is summarised; kept in a file so that a restart knows where to begin. */
export interface Watermark {
  read(): Promise<number | undefined>
  write(receivedAtMs: number): Promise<void>
}

export function openWatermark(path: string): Watermark {
  let written: number | undefined
  return {
    read: async () => {
      try {
        const value = Number((await readFile(path, 'utf8')).trim())
        return Number.isSafeInteger(value) && value > 0 ? value : undefined
      } catch {
        return undefined
      }
    },
    write: async (receivedAtMs) => {
      if (receivedAtMs === written) return
      await writeFile(`${path}.part`, String(receivedAtMs), { mode: 0o600 })
      await rename(`${path}.part`, path)
      written = receivedAtMs
    },
  }
}
