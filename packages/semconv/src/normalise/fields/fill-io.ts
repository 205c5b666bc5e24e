import { type KeyList, keyList } from '../key-list.ts'
import { type Draft, type Fact, contentText, move, note, notedKey } from '../draft.ts'
import { toText, unquote } from '../value.ts'

/** Keys that hold what went in as it stands, first non-empty wins. */
const inputKeys = keyList(
  'input.value',
  'langfuse.observation.input',
  'traceloop.entity.input',
  'lmnr.span.input',
  'ai.prompt',
  'ai.prompt.messages',
  'genkit:input',
)
const outputKeys = keyList(
  'output.value',
  'langfuse.observation.output',
  'traceloop.entity.output',
  'lmnr.span.output',
  'ai.response.text',
  'ai.response.object',
  'genkit:output',
)
/** After everything else, what only text completions still send. */
const lastInputKeys = keyList('mlflow.spanInputs', 'gen_ai.prompt')
const lastOutputKeys = keyList('mlflow.spanOutputs', 'gen_ai.completion')

/** Keys whose text is a JSON string literal around the text that was meant. */
const quotedKeys = new Set([
  'traceloop.entity.output',
  'lmnr.span.output',
  'genkit:output',
  'mlflow.spanInputs',
  'mlflow.spanOutputs',
])

/** Sets input and output as text with their types; the last user and assistant messages stand in. */
export function fillIo(draft: Draft): void {
  const { out, facts } = draft
  const input =
    ownFact(draft, facts.input) ??
    firstContent(draft, inputKeys, 'gen_ai.input.messages') ??
    firstContent(draft, lastInputKeys) ??
    fromMessages(draft.said.lastUser, notedKey(draft, 'inputMessages'))
  if (input !== undefined) {
    out.input = input.value
    setMime(draft, 'inputMime', toText(draft.attributes['input.mime_type']))
    note(draft, 'input', input)
  }
  const output =
    ownFact(draft, facts.output) ??
    firstContent(draft, outputKeys, 'gen_ai.output.messages') ??
    firstContent(draft, lastOutputKeys) ??
    fromMessages(draft.said.lastAssistant, notedKey(draft, 'outputMessages'))
  if (output === undefined) return
  out.output = output.value
  setMime(draft, 'outputMime', toText(draft.attributes['output.mime_type']))
  note(draft, 'output', output)
}

function setMime(draft: Draft, field: 'inputMime' | 'outputMime', mime: string | undefined): void {
  if (mime !== undefined) draft.out[field] = mime
}

/** A value that only repeats the span's messages is no text of its own. */
function firstContent(draft: Draft, list: KeyList, mirrored?: string): Fact<string> | undefined {
  const mirror = mirrored === undefined ? undefined : draft.attributes[mirrored]
  for (const key of draft.shape.present(list)) {
    const raw = draft.attributes[key]
    if (raw === undefined || (mirror !== undefined && raw === mirror) || isMessage(draft, key)) continue
    const text = contentText(raw)
    if (text === undefined) continue
    const plain = quotedKeys.has(key) ? unquote(text) : undefined
    if (plain !== undefined) {
      if (plain === '') continue
      if (JSON.stringify(plain) === raw) move(draft, key)
      return { value: plain, key, rule: 'unquoted' }
    }
    if (text === raw) move(draft, key)
    return { value: text, key }
  }
  return undefined
}

/** A provider's message as JSON is read for its text; one that only calls tools has none. */
function isMessage({ facts }: Draft, key: string): boolean {
  return facts.outputMessages?.key === key
}

function ownFact(draft: Draft, fact: Fact<string> | undefined): Fact<string> | undefined {
  if (fact?.rule === undefined && fact !== undefined && draft.attributes[fact.key] === fact.value) {
    move(draft, fact.key)
  }
  return fact
}

function fromMessages(text: string | undefined, key: string | undefined): Fact<string> | undefined {
  if (text === undefined || key === undefined) return undefined
  return { value: text, key, rule: 'last-message' }
}
