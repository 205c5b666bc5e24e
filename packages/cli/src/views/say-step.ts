import { formatDuration } from '@clew/domain/format'
import type { StepTelling, StoryMark, StoryPart } from '@clew/domain/story'

/** A step in words: one line, and what was said at length below it. */
export interface SaidStep {
  line: string
  prose: string | undefined
}

/** The sentence of a step without colours; the same parts that the run page draws. */
export function sayStep(telling: StepTelling): SaidStep {
  let line = ''
  let prose: string | undefined
  for (const part of telling.parts) {
    if (part.as === 'prose') {
      prose = part.text
      continue
    }
    const text = sayPart(part)
    line += line === '' || /^[,:]/.test(text) ? text : ` ${text}`
  }
  const note = telling.note?.parts.map(sayPart).join(' ')
  const said = line === '' && prose !== undefined ? 'answers' : line
  return { line: note === undefined ? said : `${said}  ${note}`.trim(), prose }
}

/** One ASCII sign for what a step is; that it failed or was lost stands before its number. */
export function signOf(mark: StoryMark, kind: keyof typeof signs): string {
  switch (mark.by) {
    case 'fail':
    case 'lost':
      return signs[kind]
    case 'handoff':
      return '>'
    case 'retry':
      return '+'
    case 'running':
      return '~'
    case 'waiting':
      return '@'
    case 'kind':
      return signs[mark.kind]
  }
}

const signs = {
  AGENT: '>',
  LLM: '*',
  TOOL: '+',
  CHAIN: 'o',
  RETRIEVER: '=',
  EMBEDDING: '=',
  RERANKER: '=',
  GUARDRAIL: '#',
  EVALUATOR: '#',
  PROMPT: 'o',
  APPROVAL: '@',
  TASK: '>',
  EVENT: 'o',
  UNKNOWN: 'o',
} as const

function sayPart(part: StoryPart): string {
  switch (part.as) {
    case 'duration':
      return formatDuration(part.ms)
    case 'quote':
      return `"${part.text}"`
    case 'added':
      return `-> ${part.text}`
    case 'verb':
    case 'text':
    case 'code':
    case 'aside':
    case 'fail':
    case 'removed':
    case 'prose':
      return part.text
  }
}
