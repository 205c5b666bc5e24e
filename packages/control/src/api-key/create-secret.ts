import { randomBytes } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const length = 32

/** `clew_sk_` and 32 random base62 characters (190 bits). */
export function createSecret(): string {
  // Bytes above the last whole multiple of 62 are thrown away, so that every character is equally likely.
  const limit = 256 - (256 % alphabet.length)
  let secret = ''
  while (secret.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < limit && secret.length < length) secret += alphabet.charAt(byte % alphabet.length)
    }
  }
  return `clew_sk_${secret}`
}
