/** What a script may rely on; the README's table is checked against these. */
export const exitCodes = {
  completed: { code: 0, says: 'done; a followed run or task completed' },
  problem: { code: 1, says: '`clew doctor` found something that does not work' },
  failed: { code: 2, says: 'the run or task failed, or was lost' },
  cancelled: { code: 3, says: 'the task was cancelled' },
  notFound: { code: 4, says: 'there is no such thing' },
  noAccess: { code: 5, says: 'the key is missing, unknown, revoked, expired or lacks the scope' },
  usage: { code: 64, says: 'the command line is wrong' },
  notUnderstood: {
    code: 65,
    says: 'an app that `clew instrument` does not understand or cannot write to; nothing was written',
  },
  away: { code: 69, says: 'the server is away' },
  bug: { code: 70, says: 'a mistake of Clew' },
  interrupted: { code: 130, says: 'interrupted by the person' },
} as const

export type ExitName = keyof typeof exitCodes
