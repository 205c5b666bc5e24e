import { createHash } from 'node:crypto'

const dataUri = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w=.-]+)*;base64,/

/** A data URI as its media type, size and hash: binary content is not worth sending, but is worth telling apart. */
export function replaceBinary(text: string): string {
  const head = dataUri.exec(text.slice(0, 200))
  return head === null
    ? text
    : describeBase64({ mime: head[1] ?? 'binary', base64: text.slice(head[0].length) })
}

/** Base64 content as `[image/png, 1234 bytes, sha256 0123456789ab]`. */
export function describeBase64(args: { mime: string; base64: string }): string {
  const bytes = Math.floor((args.base64.length * 3) / 4)
  const hash = createHash('sha256').update(args.base64).digest('hex').slice(0, 12)
  return `[${args.mime}, ${bytes} bytes, sha256 ${hash}]`
}
