export interface StreamedEvent<Data> {
  id: string | undefined
  type: string
  data: Data
}

/** Reads server-sent events of one response until it closes. */
export async function* readStream<Data>(response: Response): AsyncGenerator<StreamedEvent<Data>> {
  if (response.body === null) throw new Error('the response has no body')
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line): [string, string] => splitField(line)))
      const data = fields.get('data')
      if (data === undefined) continue
      yield { id: fields.get('id'), type: fields.get('event') ?? 'message', data: JSON.parse(data) }
    }
  }
}

function splitField(line: string): [string, string] {
  const colon = line.indexOf(': ')
  return [line.slice(0, colon), line.slice(colon + 2)]
}
