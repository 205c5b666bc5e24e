import type { RunEvent } from '@clew/domain'

export interface StreamedEvent {
  id: string | undefined
  type: string
  data: RunEvent
}

/** Reads server-sent events of one response until it closes, `stop` says so, or the signal aborts. */
export async function* readEvents(response: Response): AsyncGenerator<StreamedEvent> {
  if (response.body === null) throw new Error('the response has no body')
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = toEvent(block)
      if (event !== undefined) yield event
    }
  }
}

function toEvent(block: string): StreamedEvent | undefined {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(': ')
      return [line.slice(0, colon), line.slice(colon + 2)]
    }),
  )
  const data = fields.get('data')
  if (data === undefined) return undefined
  return { id: fields.get('id'), type: fields.get('event') ?? 'message', data: JSON.parse(data) }
}
