/** Bodies that are made to hurt a decoder: deep, wide, endless, or with sizes that lie. */
export function makeBombs(): { name: string; body: Buffer }[] {
  const depths = [10, 40, 45, 48, 50, 60, 1000, 20_000]
  return [
    ...depths.map((depth) => ({ name: `lists in lists, ${depth} deep`, body: spanWith(nested(depth)) })),
    ...depths.map((depth) => ({ name: `groups in groups, ${depth} deep`, body: Buffer.alloc(depth, 0x0b) })),
    { name: 'closed groups, 50 deep', body: Buffer.concat([Buffer.alloc(50, 0x0b), Buffer.alloc(50, 0x0c)]) },
    { name: 'a length of four gigabytes', body: Buffer.from('0affffffff0f', 'hex') },
    { name: 'a length that is negative', body: Buffer.from('0affffffffffffffffff01', 'hex') },
    { name: 'a varint without an end', body: Buffer.concat([Buffer.from([0x0a]), Buffer.alloc(64, 0xff)]) },
    { name: 'a tag of zero', body: Buffer.from([0x00, 0x00]) },
    { name: 'an unknown wire type', body: Buffer.from([0x0f, 0x00]) },
    {
      name: 'fifty thousand empty spans',
      body: wrap(0x0a, wrap(0x12, repeat(Buffer.from([0x12, 0]), 50_000))),
    },
    { name: 'fifty thousand empty attributes', body: spanWith(repeat(Buffer.from([0x4a, 0]), 50_000)) },
    { name: 'an unknown field of a megabyte', body: spanWith(wrap(0xfa, Buffer.alloc(1 << 20), 0x7f)) },
    { name: 'nothing', body: Buffer.alloc(0) },
  ]
}

function spanWith(fields: Buffer): Buffer {
  return wrap(0x0a, wrap(0x12, wrap(0x12, fields)))
}

/** An attribute whose value is a list in a list, and so on. */
function nested(depth: number): Buffer {
  let value = wrap(0x0a, Buffer.from('leaf'))
  for (let level = 0; level < depth; level += 1) value = wrap(0x2a, wrap(0x0a, value))
  return wrap(0x4a, Buffer.concat([wrap(0x0a, Buffer.from('deep')), wrap(0x12, value)]))
}

function repeat(part: Buffer, count: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, () => part))
}

function wrap(tag: number, content: Buffer, tagEnd?: number): Buffer {
  const size: number[] = []
  let rest = content.length
  while (rest > 127) {
    size.push((rest & 127) | 128)
    rest >>>= 7
  }
  const head = tagEnd === undefined ? [tag] : [tag, tagEnd]
  return Buffer.concat([Buffer.from([...head, ...size, rest]), content])
}
