import { toIso } from '../time.ts'
import type { ChatEvent } from './chat-event.ts'

/** A chat event that still lacks its place in the stream. */
export type ChatEventMaker = (seq: number) => ChatEvent

type Told = {
  [Type in ChatEvent['type']]: Omit<Extract<ChatEvent, { type: Type }>, 'seq' | 'at'>
}[ChatEvent['type']]

/** Collects what is told, in order. */
export interface Teller {
  (atUnixNano: string, told: Told): void
  makers: ChatEventMaker[]
}

export function toTeller(): Teller {
  const makers: ChatEventMaker[] = []
  const tell = (atUnixNano: string, told: Told): void => {
    const at = toIso(atUnixNano)
    makers.push((seq) => ({ seq, at, ...told }))
  }
  return Object.assign(tell, { makers })
}
