import type { Recording } from '@clew/testing'

/** Sends the requests of a recording, byte for byte and in order. */
export async function replayRecording(args: {
  url: string
  authorization: string
  recording: Recording
}): Promise<void> {
  const { url, authorization, recording } = args
  for (const { signal, headers, contentType, body } of recording.requests) {
    const encoding = headers['content-encoding']
    const reply = await fetch(`${url}/v1/${signal}`, {
      method: 'POST',
      headers: {
        'content-type': contentType,
        authorization,
        ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
      },
      body: new Uint8Array(body),
    })
    if (reply.status !== 200) throw new Error(`${recording.id}: ${reply.status} ${await reply.text()}`)
  }
}
