import { readFile, rename, writeFile } from 'node:fs/promises'

/** Up to when everything received is summarised; kept in a file so that a restart knows where to begin. */
export interface Watermark {
  read(): Promise<number | undefined>
  write(receivedAtMs: number): Promise<void>
}

export function openWatermark(path: string): Watermark {
  let written: number | undefined
  let writing: Promise<void> = Promise.resolve()
  const save = async (receivedAtMs: number) => {
    if (receivedAtMs === written) return
    await writeFile(`${path}.part`, String(receivedAtMs), { mode: 0o600 })
    await rename(`${path}.part`, path)
    written = receivedAtMs
  }
  return {
    read: async () => {
      try {
        const value = Number((await readFile(path, 'utf8')).trim())
        return Number.isSafeInteger(value) && value > 0 ? value : undefined
      } catch {
        return undefined
      }
    },
    // One after another: two at once would move each other's part away.
    write: (receivedAtMs) => {
      const next = writing.then(() => save(receivedAtMs))
      writing = next.catch(() => {})
      return next
    },
  }
}
