export interface Say {
  (who: string, what: string): void
}

/** Prints what happens, one line each, with the seconds since the start. */
export function createSay(): Say {
  const startedAt = performance.now()
  return (who, what) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)
    console.log(`${seconds} s  ${who.padEnd(14)}  ${what}`)
  }
}
