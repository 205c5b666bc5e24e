import type { TextRange } from './rule.ts'

const header = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g
const footer = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y
const keyMaterial = /[A-Za-z0-9+/=\s\\]+/y
const longestKey = 32_768

/** PEM and PGP private keys; one that was cut short counts too. */
export function findPrivateKeys(text: string): TextRange[] {
  const found: TextRange[] = []
  for (const match of text.matchAll(header)) {
    const bodyAt = match.index + match[0].length
    const end = endOfBlock(text, bodyAt) ?? endOfMaterial(text, bodyAt)
    if (end > bodyAt) found.push({ start: match.index, end })
  }
  return found
}

function endOfBlock(text: string, bodyAt: number): number | undefined {
  const dashesAt = text.slice(bodyAt, bodyAt + longestKey).indexOf('-----')
  if (dashesAt < 0) return undefined
  footer.lastIndex = bodyAt + dashesAt
  return footer.test(text) ? footer.lastIndex : undefined
}

/** Prose that merely names the header has no key behind it. */
function endOfMaterial(text: string, bodyAt: number): number {
  keyMaterial.lastIndex = bodyAt
  const body = (keyMaterial.exec(text)?.[0] ?? '').slice(0, longestKey)
  return /[A-Za-z0-9+/=]{24}/.test(body) ? bodyAt + body.length : bodyAt
}
