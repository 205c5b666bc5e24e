import type { SetupOptions } from '../config/setup-options.ts'
import { installAnthropicInstrumentation } from './anthropic/install.ts'
import { installOpenAIInstrumentation } from './openai/install.ts'
import type { InstallResult } from './shared/install-result.ts'

interface Library {
  name: 'openai' | 'anthropic'
  packageName: string
  install: (module: unknown) => InstallResult
}

const libraries: readonly Library[] = [
  { name: 'openai', packageName: 'openai', install: (module) => installOpenAIInstrumentation(module) },
  {
    name: 'anthropic',
    packageName: '@anthropic-ai/sdk',
    install: (module) => installAnthropicInstrumentation(module),
  },
]

/** Instruments the modules that were given, and copies that are loaded already unless that is switched off. */
export function installModules(args: {
  options: SetupOptions
  findLoaded: (packageName: string) => unknown[]
}): InstallResult[] {
  const { options, findLoaded } = args
  return libraries.flatMap((library): InstallResult[] => {
    const given = options.modules?.[library.name]
    const loaded = options.autoInstrument === false ? [] : findLoaded(library.packageName)
    const found = loaded
      .map((module) => library.install(module))
      .filter((result) => result.state === 'patched')
    if (given !== undefined) return [library.install(given)]
    const [first] = found
    if (first !== undefined) return [first]
    return options.autoInstrument === false ? [] : [notFound(library)]
  })
}

function notFound({ name, packageName }: Library): InstallResult {
  const reason = `no copy of ${packageName} was loaded by require(); an imported one can't be seen: pass it as setup({ modules: { ${name} } })`
  return { name, state: 'notFound', reason }
}
