import type { JsonValue, Message } from '../../span/canonical.ts'
import { isRecord } from '../value.ts'
import { lastContent } from './message-text.ts'
import { parseMessage } from './parse-messages.ts'

/** What the last user said, if anybody did. */
export interface PeekedMessages {
  content: string | undefined
}

/**
 * Looks into a JSON list of messages without parsing all of it: a conversation grows with each call, and most of
 * it was seen before. Undefined where it isn't a plain list of messages; whoever asks must then parse it.
 */
export function peekMessages(text: string): PeekedMessages | undefined {
  const elements = splitElements(text)
  if (elements === undefined) return undefined
  let isMessages = false
  for (let at = elements.length - 2; at >= 0; at -= 2) {
    const element = text.slice(elements[at], elements[at + 1])
    if (isMessages && !mayBeUser(element)) continue
    const messages = readElement(element)
    if (messages === undefined) return undefined
    isMessages = true
    const content = lastContent(messages, 'user')
    if (content !== undefined) return { content }
  }
  return isMessages ? { content: undefined } : undefined
}

/** Without a role a message counts as the user's. */
function mayBeUser(element: string): boolean {
  return element.includes('"user"') || element.includes('"human"') || !element.includes('"role"')
}

function readElement(element: string): Message[] | undefined {
  try {
    const json: JsonValue = JSON.parse(element)
    const messages = isRecord(json) ? parseMessage(json) : []
    return messages.length === 0 ? undefined : messages
  } catch {
    return undefined
  }
}

const quote = 34
const comma = 44
const openBracket = 91
const backslash = 92
const closeBracket = 93
const openBrace = 123
const closeBrace = 125
const deepest = 100

/** Starts and ends of a list's elements, in turn; undefined where the brackets don't match, or there are none. */
function splitElements(text: string): number[] | undefined {
  const first = skipSpace(text, 0)
  if (text.charCodeAt(first) !== openBracket) return undefined
  const bounds = [first + 1]
  let depth = 1
  for (let at = first + 1; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = endOfString(text, at)
        if (at === -1) return undefined
        break
      case openBracket:
      case openBrace:
        depth += 1
        if (depth > deepest) return undefined
        break
      case closeBracket:
      case closeBrace:
        depth -= 1
        if (depth > 0) break
        bounds.push(at)
        return skipSpace(text, at + 1) === text.length ? bounds : undefined
      case comma:
        if (depth === 1) bounds.push(at, at + 1)
        break
      default:
        break
    }
  }
  return undefined
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) <= 32) at++
  return at
}

/** The closing quote of the string that opens at `from`, or -1. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes += 1
    if (backslashes % 2 === 0) return end
  }
  return -1
}
