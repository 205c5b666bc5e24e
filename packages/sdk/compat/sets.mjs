/**
 * Which versions of which packages each case is run with; what follows a case's name is handed to it. `node` is a major that npm's own `node` package brings
 * when the one at hand is older; `nested` are folders below with packages of their own; `packed` installs the SDK itself as `npm pack` makes it; `bun` runs the case under Bun's npm package as well.
 */
export const sets = [
  {
    name: 'packed',
    cases: ['packed'],
    packed: true,
    packages: { typescript: '5.9.3', '@types/node': '20.19.25', '@opentelemetry/api': '1.10.0' },
  },
  { name: 'openai-7', commonjs: true, cases: ['openai'], packages: { openai: '7.57.0' }, node: 24 },
  { name: 'openai-6', commonjs: true, cases: ['openai'], packages: { openai: '6.49.0' }, bun: true },
  {
    name: 'anthropic-1',
    commonjs: true,
    cases: ['anthropic'],
    packages: { '@anthropic-ai/sdk': '1.14.0' },
    node: 24,
    bun: true,
  },
  { name: 'anthropic-0', commonjs: true, cases: ['anthropic'], packages: { '@anthropic-ai/sdk': '0.137.0' } },
  {
    name: 'ai-6',
    commonjs: true,
    cases: ['ai-sdk-settings'],
    packages: { ai: '6.0.326', '@ai-sdk/openai': '3.0.141', zod: '4.6.7' },
  },
  {
    name: 'ai-5',
    commonjs: true,
    cases: ['ai-sdk-settings'],
    packages: { ai: '5.0.277', '@ai-sdk/openai': '2.0.130', zod: '4.6.7' },
  },
  {
    name: 'langchain-0',
    commonjs: true,
    cases: ['langchain'],
    packages: {
      '@langchain/core': '0.3.80',
      '@langchain/langgraph': '0.4.10',
      '@langchain/openai': '0.6.17',
      zod: '3.25.76',
    },
  },
  {
    name: 'langchain-1',
    commonjs: true,
    cases: ['langchain'],
    packages: {
      '@langchain/core': '1.4.0',
      '@langchain/langgraph': '1.7.3',
      '@langchain/openai': '1.5.8',
      zod: '4.6.7',
    },
    node: 24,
  },
  {
    name: 'google-genai-3',
    commonjs: true,
    cases: ['google-genai'],
    packages: { '@google/genai': '3.3.0' },
    node: 24,
  },
  {
    name: 'google-genai-2',
    commonjs: true,
    cases: ['google-genai'],
    packages: { '@google/genai': '2.32.0' },
  },
  {
    name: 'mcp-2',
    commonjs: true,
    cases: ['mcp-2'],
    packages: {
      '@modelcontextprotocol/client': '2.4.0',
      '@modelcontextprotocol/server': '2.4.0',
      zod: '4.6.7',
    },
    node: 24,
  },
  {
    name: 'bedrock-3',
    commonjs: true,
    cases: ['bedrock'],
    packages: {
      '@aws-sdk/client-bedrock-runtime': '3.1164.0',
      '@smithy/eventstream-codec': '4.5.2',
      '@smithy/node-http-handler': '4.14.2',
      '@smithy/util-utf8': '4.5.2',
    },
  },
  {
    name: 'claude-agent-sdk',
    cases: ['claude-agent-sdk'],
    packages: { '@anthropic-ai/claude-agent-sdk': '0.3.332' },
  },
  {
    name: 'livekit',
    commonjs: true,
    cases: ['livekit'],
    packages: { '@livekit/agents': '1.9.0', '@livekit/agents-plugin-openai': '1.9.0', zod: '4.6.7' },
    node: 24,
  },
  {
    name: 'otel-2',
    cases: ['otel', 'otel after'],
    packages: { '@opentelemetry/sdk-trace-node': '2.12.1', '@opentelemetry/api': '1.9.1' },
  },
  {
    name: 'otel-1',
    cases: ['otel', 'otel after'],
    packages: { '@opentelemetry/sdk-trace-node': '1.30.1', '@opentelemetry/api': '1.9.1' },
  },
  {
    name: 'otel-copies',
    cases: ['otel-copies older', 'otel-copies older after', 'otel-copies newer', 'otel-copies newer after'],
    packages: { '@opentelemetry/api': '1.9.1' },
    nested: {
      older: { '@opentelemetry/api': '1.4.1', '@opentelemetry/sdk-trace-node': '1.30.1' },
      newer: { '@opentelemetry/api': '1.10.0', '@opentelemetry/sdk-trace-node': '2.12.1' },
    },
  },
  {
    name: 'sentry-10',
    cases: ['sentry beside', 'sentry beside after'],
    packages: { '@sentry/node': '10.78.0', '@opentelemetry/api': '1.9.1' },
  },
  {
    name: 'sentry-9',
    cases: ['sentry', 'sentry after'],
    packages: { '@sentry/node': '9.47.2', '@opentelemetry/api': '1.9.1' },
  },
  {
    name: 'sentry-11',
    cases: ['sentry beside', 'sentry beside after'],
    packages: { '@sentry/node': '11.12.0', '@opentelemetry/api': '1.9.1' },
  },
  {
    name: 'vercel-otel',
    cases: ['vercel-otel', 'vercel-otel after'],
    packages: {
      '@vercel/otel': '2.1.3',
      '@opentelemetry/api': '1.9.1',
      '@opentelemetry/api-logs': '0.223.1',
      '@opentelemetry/instrumentation': '0.223.0',
      '@opentelemetry/resources': '2.12.1',
      '@opentelemetry/sdk-logs': '0.223.1',
      '@opentelemetry/sdk-metrics': '2.12.1',
      '@opentelemetry/sdk-trace-base': '2.12.1',
    },
  },
  { name: 'pi-ai', cases: ['pi-ai'], packages: { '@mariozechner/pi-ai': '0.73.1', openai: '6.30.1' } },
  {
    name: 'langsmith',
    commonjs: true,
    cases: ['langsmith'],
    packages: {
      langsmith: '0.12.0',
      '@opentelemetry/api': '1.9.1',
      '@opentelemetry/context-async-hooks': '2.12.0',
      '@opentelemetry/exporter-trace-otlp-proto': '0.223.1',
      '@opentelemetry/sdk-trace-base': '2.12.1',
    },
  },
]
