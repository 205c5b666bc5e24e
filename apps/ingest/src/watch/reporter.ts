import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { forgetIngestReport, saveIngestReport, type Control, type IngestReport } from '@clew/control'
import { errorOf, type Logger } from '@clew/runtime'

export interface Reporter {
  start(): Promise<void>
  stop(): Promise<void>
}

/** Tells the control database every few seconds how this ingest is, where any API reads it. */
export function createReporter(deps: {
  control: Control
  logger: Logger
  /** Holds this ingest's id, so that a restart replaces what an earlier process said. */
  dir: string
  everyMs: number
  build: () => Promise<IngestReport>
}): Reporter {
  const { control, logger, dir, everyMs, build } = deps
  let id = ''
  let timer: NodeJS.Timeout | undefined
  let saving: Promise<void> | undefined
  let hasFailed = false
  const save = async (): Promise<void> => {
    try {
      await saveIngestReport(control, { id, report: await build() })
      hasFailed = false
    } catch (error) {
      if (!hasFailed) logger.warn('could not report how the ingest is', { error: errorOf(error) })
      hasFailed = true
    }
  }
  const tick = (): void => {
    saving ??= save().finally(() => {
      saving = undefined
    })
  }
  return {
    start: async () => {
      id = await readId(dir)
      await save()
      timer = setInterval(tick, everyMs)
    },
    stop: async () => {
      clearInterval(timer)
      await saving
      await forgetIngestReport(control, { id }).catch(() => {})
    },
  }
}

async function readId(dir: string): Promise<string> {
  const path = join(dir, 'ingest-id')
  const known = await readFile(path, 'utf8').catch(() => '')
  if (known.length === 36) return known
  const id = randomUUID()
  // Without room for it the next process is taken for another one, for a day.
  await writeFile(path, id, { mode: 0o600 }).catch(() => {})
  return id
}
