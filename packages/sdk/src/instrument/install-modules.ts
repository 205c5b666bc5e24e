import type { InstrumentedModules, SetupOptions } from '../config/setup-options.ts'
import { installAISdkInstrumentation, registerAISdkTelemetry } from './ai-sdk/install.ts'
import { installAnthropicInstrumentation } from './anthropic/install.ts'
import { installBedrockInstrumentation } from './bedrock/install.ts'
import { installCursorSdkInstrumentation } from './cursor-sdk/install.ts'
import { installElevenLabsInstrumentation } from './elevenlabs/install.ts'
import { installGoogleGenAIInstrumentation } from './google-genai/install.ts'
import { installLangChainInstrumentation } from './langchain/install.ts'
import { installLangSmith } from './langsmith/install.ts'
import { installLiveKitAgentsInstrumentation } from './livekit-agents/install.ts'
import { installMcpInstrumentation } from './mcp/install.ts'
import { installOpenAIAgentsInstrumentation } from './openai-agents/install.ts'
import { installOpenAIInstrumentation } from './openai/install.ts'
import { installPiAiInstrumentation } from './pi-ai/install.ts'
import { member } from './shared/foreign.ts'
import type { InstallResult } from './shared/install-result.ts'

/** A module that `require` has loaded. */
export interface LoadedModule {
  path: string
  exports: unknown
}

interface Library {
  key: keyof InstrumentedModules
  packageName: string
  /** The file inside the package that is its entry to `require`. */
  entry: RegExp
  install: (module: unknown) => InstallResult
}

const libraries: readonly Library[] = [
  {
    key: 'openai',
    packageName: 'openai',
    entry: /^index\.c?js$/,
    install: (module) => installOpenAIInstrumentation(module),
  },
  {
    key: 'anthropic',
    packageName: '@anthropic-ai/sdk',
    entry: /^index\.c?js$/,
    install: (module) => installAnthropicInstrumentation(module),
  },
  {
    key: 'langchainCallbacksManager',
    packageName: '@langchain/core',
    entry: /^dist\/callbacks\/manager\.cjs$/,
    install: (module) => installLangChainInstrumentation(module),
  },
  {
    key: 'langsmith',
    packageName: 'langsmith',
    entry: /(?:^|\/)experimental\/otel\/setup\.c?js$/,
    install: (module) => installLangSmith(module),
  },
  {
    key: 'openaiAgents',
    packageName: '@openai/agents-core',
    entry: /^dist\/index\.js$/,
    install: (module) => installOpenAIAgentsInstrumentation(module),
  },
  {
    key: 'aiSdk',
    packageName: 'ai',
    entry: /^dist\/index\.js$/,
    install: (module) => installAISdkInstrumentation(module),
  },
  {
    key: 'mcp',
    packageName: '@modelcontextprotocol/sdk',
    entry: /^dist\/cjs\/(?:client|server)\/index\.js$/,
    install: (module) => installMcpInstrumentation(module),
  },
  {
    key: 'googleGenAI',
    packageName: '@google/genai',
    entry: /^dist\/node\/index\.cjs$/,
    install: (module) => installGoogleGenAIInstrumentation(module),
  },
  {
    key: 'bedrock',
    packageName: '@aws-sdk/client-bedrock-runtime',
    entry: /^dist-cjs\/index\.js$/,
    install: (module) => installBedrockInstrumentation(module),
  },
  {
    key: 'livekitAgents',
    packageName: '@livekit/agents',
    entry: /^dist\/index\.c?js$/,
    install: (module) => installLiveKitAgentsInstrumentation(module),
  },
  {
    key: 'elevenlabs',
    packageName: '@elevenlabs/client',
    entry: /^dist\/.*\.c?js$/,
    install: (module) => installElevenLabsInstrumentation(module),
  },
  {
    key: 'cursorSdk',
    packageName: '@cursor/sdk',
    entry: /^dist\/cjs\/index\.js$/,
    install: (module) => installCursorSdkInstrumentation(module),
  },
  {
    key: 'piAi',
    packageName: '@mariozechner/pi-ai',
    entry: /^dist\/index\.js$/,
    install: (module) => installPiAiInstrumentation(module),
  },
]

/** What became of each library, and who is to be told of what `require` loads later. */
export interface Installation {
  /** Grows as modules are loaded. */
  results: readonly InstallResult[]
  moduleLoaded: (module: LoadedModule) => void
}

/**
 * Instruments the modules that were given, and every copy that `require` has loaded or loads later unless that is
 * switched off. A loaded copy that stays unrecorded is told as `wrongCopy`.
 */
export function installModules(args: {
  options: SetupOptions
  /** What `require` has loaded so far. */
  loaded: readonly LoadedModule[]
}): Installation {
  const { options, loaded } = args
  const isAuto = options.autoInstrument !== false
  if (isAuto) registerAISdkTelemetry()
  const results = libraries.flatMap((library): InstallResult[] => {
    const given = toList(options.modules?.[library.key])
    const own = given.map((module) => library.install(module))
    own.push(...loaded.flatMap((copy) => installCopy({ library, copy, given, isAuto })))
    if (own.length > 0) return own
    return isAuto && (library.key === 'openai' || library.key === 'anthropic') ? [notFound(library)] : []
  })
  const moduleLoaded = (copy: LoadedModule): void => {
    for (const library of libraries) {
      const given = toList(options.modules?.[library.key])
      const found = installCopy({ library, copy, given, isAuto })
      if (found.length === 0) continue
      const missing = results.findIndex(({ name, state }) => name === library.key && state === 'notFound')
      if (missing !== -1) results.splice(missing, 1)
      results.push(...found)
    }
  }
  return { results, moduleLoaded }
}

/** Nothing for what is no copy of the library, or was given. */
function installCopy(args: {
  library: Library
  copy: LoadedModule
  given: readonly unknown[]
  isAuto: boolean
}): InstallResult[] {
  const { library, copy, given, isAuto } = args
  if (!isCopyOf(copy.path, library) || given.some((one) => isSame(one, copy.exports))) return []
  if (!isAuto) return given.length > 0 ? [wrongCopy(library, copy.path)] : []
  const result = library.install(copy.exports)
  return result.state === 'patched' ? [result] : []
}

function toList(given: unknown): unknown[] {
  if (given === undefined || given === null) return []
  return Array.isArray(given) ? given : [given]
}

/** `path` is absolute; what follows the package's folder must be its entry. */
function isCopyOf(path: string, library: Library): boolean {
  const folder = `/node_modules/${library.packageName}/`
  const normal = path.replaceAll('\\', '/')
  const at = normal.lastIndexOf(folder)
  return at !== -1 && library.entry.test(normal.slice(at + folder.length))
}

/** A namespace, the module itself and the class that it exports by default are the same copy. */
function isSame(given: unknown, exports: unknown): boolean {
  const own = [exports, member(exports, 'default')]
  return (
    own.includes(given) ||
    own.includes(member(given, 'default')) ||
    own.includes(member(given, 'module.exports'))
  )
}

function wrongCopy({ key, packageName }: Library, path: string): InstallResult {
  const reason = `another copy of ${packageName} is loaded from ${path}; calls through it are not recorded: pass that one, or leave autoInstrument on`
  return { name: key, state: 'wrongCopy', reason }
}

function notFound({ key, packageName }: Library): InstallResult {
  const reason = `no copy of ${packageName} was loaded by require() so far; an imported one can't be seen: pass it as setup({ modules: { ${key} } })`
  return { name: key, state: 'notFound', reason }
}
