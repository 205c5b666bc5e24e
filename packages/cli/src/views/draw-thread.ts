import { agentLabel, readableText } from '@clew/domain/story'
import type { RunModel, RunNode } from '@clew/domain/story'
import { style, wrap } from '../terminal/style.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { sayCall } from './say-call.ts'

/** The run as a conversation: what was asked, what agents said and called, what came back. */
export function drawThread({ terminal, model }: { terminal: Terminal; model: RunModel }): string[] {
  const [root] = model.roots
  const asked = root?.span.input ?? model.trace.inputPreview
  const lines = asked === undefined ? [] : say({ terminal, who: 'user', text: readableText(asked) })
  for (const node of model.steps) lines.push(...tell(terminal, node))
  return lines
}

function tell(terminal: Terminal, node: RunNode): string[] {
  const { span, step } = node
  const number = step === undefined ? '' : ` ${step}`
  if (span.kind === 'LLM') {
    const who = `${node.agent === undefined ? 'assistant' : agentLabel(node.agent)}${number}`
    const calls = (span.outputToolCalls ?? []).map(sayCall)
    const words = span.output === undefined ? [] : [readableText(span.output)]
    const text = [...(calls.length > 0 ? [] : words), ...calls].join('\n')
    return text === '' ? [] : say({ terminal, who, text })
  }
  if (span.kind !== 'TOOL' && span.kind !== 'RETRIEVER' && span.kind !== 'APPROVAL') return []
  const who = `${span.tool?.name ?? span.name}${number}`
  const text = node.isFailed
    ? `x ${span.errorMessage ?? span.statusMessage ?? 'failed'}`
    : (span.tool?.result ??
      span.output ??
      sayDocuments(span.documents) ??
      (node.endMs === undefined ? '...' : sayAbsent(node)))
  return say({ terminal, who, text })
}

/** Documents are whole payloads, which no view of a run carries. */
function sayAbsent({ span, step }: RunNode): string {
  if (span.kind !== 'RETRIEVER') return 'no result'
  return `what it found: clew span get ${span.traceId.slice(0, 8)}:${step ?? span.spanId} --view io`
}

function sayDocuments(documents: RunNode['span']['documents']): string | undefined {
  return documents?.map(({ id, content }) => id ?? content ?? 'a document').join('\n')
}

function say({ terminal, who, text }: { terminal: Terminal; who: string; text: string }): string[] {
  const lines = wrap(text, Math.min(100, terminal.width()) - 4)
  return [style(terminal, 'strong', who), ...lines.map((line) => `    ${line}`.trimEnd()), '']
}
