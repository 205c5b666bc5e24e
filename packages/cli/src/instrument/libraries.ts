/** A library that `setup({ modules })` takes, as the set-up imports it. */
export interface Library {
  packageName: string
  /** The name of the option. */
  option: string
  /** What the import is called; the option is written short when it has the same name. */
  local: string
  /** A namespace import, or the class that the module exports by default. */
  form: 'namespace' | 'default'
  from: string
}

const whole = (packageName: string, option: string, local: string = option): Library => ({
  packageName,
  option,
  local,
  form: 'namespace',
  from: packageName,
})

/** What a set-up has to be handed, since what `import` has loaded can't be seen. */
export const libraries: readonly Library[] = [
  { packageName: 'openai', option: 'openai', local: 'OpenAI', form: 'default', from: 'openai' },
  {
    packageName: '@anthropic-ai/sdk',
    option: 'anthropic',
    local: 'Anthropic',
    form: 'default',
    from: '@anthropic-ai/sdk',
  },
  {
    ...whole('@langchain/core', 'langchainCallbacksManager'),
    from: '@langchain/core/callbacks/manager',
  },
  whole('@openai/agents', 'openaiAgents'),
  whole('@google/genai', 'googleGenAI'),
  whole('@aws-sdk/client-bedrock-runtime', 'bedrock'),
  whole('@livekit/agents', 'livekitAgents'),
  whole('@mariozechner/pi-ai', 'piAi'),
  {
    ...whole('@modelcontextprotocol/sdk', 'mcp', 'mcpClient'),
    from: '@modelcontextprotocol/sdk/client/index.js',
  },
  {
    ...whole('@modelcontextprotocol/sdk', 'mcp', 'mcpServer'),
    from: '@modelcontextprotocol/sdk/server/index.js',
  },
  whole('@modelcontextprotocol/client', 'mcp', 'mcpClientTwo'),
  whole('@modelcontextprotocol/server', 'mcp', 'mcpServerTwo'),
]

/** What a person has to do for libraries that no set-up reaches, in words. */
export function sayByHand(dependencies: Readonly<Record<string, string>>): string[] {
  const has = (name: string) => name in dependencies
  const says: string[] = []
  if (has('@anthropic-ai/claude-agent-sdk')) {
    says.push('Claude Agent SDK: wrap `query` with `wrapClaudeAgentSdkQuery` (docs/sdk/claude-agent-sdk.md)')
  }
  const aiMajor = Number(/\d+/.exec(dependencies['ai'] ?? '')?.[0] ?? Number.NaN)
  if (aiMajor < 7) {
    says.push(
      `AI SDK ${aiMajor}: each call needs \`experimental_telemetry: createAISdkTelemetrySettings()\` (docs/sdk/ai-sdk.md)`,
    )
  }
  const isLangChain = Object.keys(dependencies).some((name) => /^(?:langchain$|@langchain\/)/.test(name))
  if (isLangChain && !has('@langchain/core')) {
    says.push('LangChain is recorded through @langchain/core: add it to the dependencies and run this again')
  }
  for (const name of ['langsmith', '@elevenlabs/client', '@cursor/sdk']) {
    if (has(name)) says.push(`${name}: not set up by itself (docs/sdk/others.md)`)
  }
  return says
}

/** Libraries that tell of their calls without being handed over. */
export function listSelfTold(dependencies: Readonly<Record<string, string>>): string[] {
  const major = Number(/\d+/.exec(dependencies['ai'] ?? '')?.[0] ?? Number.NaN)
  return 'ai' in dependencies && !(major < 7) ? ['ai'] : []
}
