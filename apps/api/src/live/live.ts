import type { ChatEvent, RunEvent } from '@clew/domain'
import type { ApiDeps } from '../deps.ts'
import { AccessWatches } from './access-watches.ts'
import { ArrivingRuns } from './arriving-runs.ts'
import { FollowedRuns } from './followed-runs.ts'
import { LiveChannels } from './live-channels.ts'
import { NewRunReads } from './new-runs.ts'
import { OpenStreams } from './open-streams.ts'

/** Everything that streams of this process share. */
export interface Live {
  access: AccessWatches
  runs: LiveChannels<RunEvent>
  chats: LiveChannels<ChatEvent>
  newRuns: NewRunReads
  arriving: ArrivingRuns
  followed: FollowedRuns
  streams: OpenStreams
  stop(): void
}

export function openLive({
  clock,
  control,
  logger,
  store,
}: Pick<ApiDeps, 'clock' | 'control' | 'logger' | 'store'>): Live {
  const runs = new LiveChannels<RunEvent>({ logger })
  const chats = new LiveChannels<ChatEvent>({ logger })
  const streams = new OpenStreams()
  return {
    access: new AccessWatches({ control }),
    runs,
    chats,
    newRuns: new NewRunReads(),
    arriving: new ArrivingRuns({ store, clock }),
    followed: new FollowedRuns(),
    streams,
    stop: () => {
      streams.closeAll()
      runs.stopAll()
      chats.stopAll()
    },
  }
}
