import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AppManifest } from './app-manifest.ts'
import { sayByHand } from './libraries.ts'
import type { Library } from './libraries.ts'
import { notUnderstood } from './not-understood.ts'
import { findUsed, listRecorded, planSetupFile } from './plan-app.ts'
import type { PlannedChange, SetupPlan } from './setup-plan.ts'
import { readStyle } from './source-style.ts'
import type { SourceStyle } from './source-style.ts'
import { readIfThere } from './write-files.ts'

const hook = /^export async function register\(\)(?: *: *Promise<void>)? *\{[ \t]*\r?\n/m
const environment = 'process.env'
const configs = ['next.config.ts', 'next.config.mjs', 'next.config.js', 'next.config.cjs']
const configObject =
  /^(?:const \w+(?: *: *NextConfig)? *= *\{|export default \{|module\.exports *= *\{)[ \t]*\r?\n/m

/**
 * Next.js calls `register` of `instrumentation` when a server starts. What is recorded must not be bundled: the
 * pages' copy would be another one than the set-up's.
 */
export async function planNext(args: { folder: string; manifest: AppManifest }): Promise<SetupPlan> {
  const { folder, manifest } = args
  const isInSrc = ['app', 'pages'].some((name) => existsSync(join(folder, 'src', name)))
  const at = isInSrc ? 'src/' : ''
  const found = ['ts', 'js'].find((each) => existsSync(join(folder, `${at}instrumentation.${each}`)))
  const extension = found ?? (existsSync(join(folder, 'tsconfig.json')) ? 'ts' : 'js')
  const path = `${at}instrumentation.${extension}`
  const file = join(folder, path)
  const text = await readIfThere(file)
  const style: SourceStyle = {
    ...readStyle({ text: text ?? '', path, isModule: true }),
    isImporting: true,
  }
  const used = findUsed(manifest)
  const plan = { entry: path, recorded: listRecorded(manifest, used) }
  const byHand = sayByHand(manifest.dependencies)
  if (text?.includes('@clew/sdk') === true) return { ...plan, changes: [], byHand }
  const setupPath = `${at}clew.${extension}`
  const setup = await planSetupFile({
    file: join(folder, setupPath),
    path: setupPath,
    style,
    manifest,
    used,
    loadsEnvironment: true,
  })
  const config = await planConfig({ folder, style, used })
  const register = text?.includes('./clew') === true ? [] : [planRegister({ path, file, text, style })]
  return {
    ...plan,
    changes: [...setup.changes, ...register, ...config.changes],
    byHand: [...byHand, ...setup.byHand, ...config.byHand],
  }
}

function planRegister(args: {
  path: string
  file: string
  text: string | undefined
  style: SourceStyle
}): PlannedChange {
  const { path, file, text, style } = args
  const { quote, end, newline } = style
  const line = `if (${environment}.NEXT_RUNTIME === ${quote}nodejs${quote}) await import(${quote}./clew${quote})${end}`
  if (text === undefined) {
    const after = [`export async function register() {`, `  ${line}`, `}`, ``].join(newline)
    return { path, file, before: undefined, after }
  }
  const start = hook.exec(text)
  if (start === null) {
    throw notUnderstood(`${path} exists, without a plain \`export async function register() {\`: add ${line}`)
  }
  const behind = start.index + start[0].length
  const after = `${text.slice(0, behind)}  ${line}${newline}${text.slice(behind)}`
  return { path, file, before: text, after }
}

async function planConfig(args: {
  folder: string
  style: SourceStyle
  used: readonly Library[]
}): Promise<{ changes: PlannedChange[]; byHand: string[] }> {
  const { folder, style, used } = args
  const names = [...new Set(['@clew/sdk', ...used.map(({ packageName }) => packageName)])]
  const option = (quote: string) =>
    `serverExternalPackages: [${names.map((name) => quote + name + quote).join(', ')}]`
  const path = configs.find((name) => existsSync(join(folder, name)))
  if (path === undefined) {
    const after = `export default {${style.newline}  ${option(style.quote)},${style.newline}}${style.end}${style.newline}`
    const file = join(folder, 'next.config.mjs')
    return { changes: [{ path: 'next.config.mjs', file, before: undefined, after }], byHand: [] }
  }
  const file = join(folder, path)
  const text = (await readIfThere(file)) ?? ''
  if (names.every((name) => text.includes(`'${name}'`) || text.includes(`"${name}"`))) {
    return { changes: [], byHand: [] }
  }
  const start = configObject.exec(text)
  if (start === null || text.includes('serverExternalPackages')) {
    return { changes: [], byHand: [`${path}: have ${option("'")}, with what stands there`] }
  }
  const own = readStyle({ text, path, isModule: true })
  const behind = start.index + start[0].length
  const after = `${text.slice(0, behind)}  ${option(own.quote)},${own.newline}${text.slice(behind)}`
  return { changes: [{ path, file, before: text, after }], byHand: [] }
}
