import { createInterface } from 'node:readline/promises'
import { Readable, Writable } from 'node:stream'
import { createClewClient } from '@clew/client'
import { z } from 'zod'
import type { CliContext } from '../cli-context.ts'
import { CliError } from '../cli-error.ts'
import { defineCommand } from '../command.ts'
import { removeCredentials, writeCredentials } from '../credentials.ts'

export const login = defineCommand({
  words: 'login',
  says: 'checks an API key and keeps it, with the address, readable by you alone',
  flags: { forget: { takes: 'nothing', says: 'forget what was kept' } },
  input: z.object({ forget: z.boolean().default(false) }),
  run: async (context, { forget }) => {
    const { terminal, environment, url, isJson } = context
    const file = environment.credentialsFile
    if (forget) {
      await removeCredentials(file)
      terminal.line('forgotten')
      return 'completed'
    }
    const token = await readToken(context)
    const projects = await createClewClient({ baseUrl: url, token }).projects.list.query()
    const [only, ...others] = projects
    if (only === undefined) throw new CliError({ exit: 'noAccess', message: 'this key reads no project' })
    const project = context.project ?? (others.length === 0 ? only.slug : undefined)
    await writeCredentials(file, { url, token, ...(project === undefined ? {} : { project }) })
    const names = projects.map(({ name }) => name).join(', ')
    if (isJson) context.json({ url, projects })
    else terminal.line(`${url} knows this key: ${names}. Kept in ${file}`)
    return 'completed'
  },
})

/** From `--token`, from a pipe, or typed without being shown. */
async function readToken(context: CliContext): Promise<string> {
  const { stdin, terminal, token, environment } = context
  const typed = stdin.isTTY === true ? await ask(context) : await readAll(stdin)
  const given = typed.trim() === '' ? token : typed.trim()
  if (given !== undefined && given !== '') return given
  terminal.note(
    `An API key is made in the settings of the project, under Keys (${environment.url ?? context.url}).`,
  )
  throw new CliError({ exit: 'usage', message: 'no key was given' })
}

async function ask({ stdin, terminal, signal, url }: CliContext): Promise<string> {
  if (!(stdin instanceof Readable)) return ''
  terminal.note(`API key for ${url} (it is not shown; empty for the one from --token or CLEW_TOKEN):`)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output: silent, terminal: true })
  try {
    return await lines.question('', { signal })
  } finally {
    lines.close()
  }
}

async function readAll(stdin: AsyncIterable<unknown>): Promise<string> {
  let text = ''
  for await (const chunk of stdin) text += String(chunk)
  return text
}
