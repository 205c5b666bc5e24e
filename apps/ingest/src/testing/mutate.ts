/** A copy with one to four faults: a changed byte, a flipped bit, broken UTF-8, a moved piece, or a cut. */
export function mutate(original: Buffer, random: (below: number) => number): Buffer {
  const body = Buffer.from(original)
  for (let count = 1 + random(4); count > 0; count -= 1) {
    const at = random(body.length)
    const choice = random(5)
    if (choice === 0) body[at] = random(256)
    else if (choice === 1) body[at] = (body[at] ?? 0) ^ (1 << random(8))
    else if (choice === 2) body.fill(0xff, at, Math.min(body.length, at + 1 + random(3)))
    else if (choice === 3) return body.subarray(0, at)
    else body.copyWithin(at, random(body.length), random(body.length))
  }
  return body
}

/** mulberry32: the same bodies on every run. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
