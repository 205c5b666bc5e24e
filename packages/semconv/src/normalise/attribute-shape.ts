import type { AttributeMap } from '../span/decoded.ts'
import { type FlatGroups, toFlatGroups } from './flat-groups.ts'
import type { KeyList } from './key-list.ts'

/**
 * What a span's keys alone tell, whatever their values. An emitter sends few shapes over and over, so what is
 * worked out for one serves all its spans: most of the keys that could be asked for are never there.
 */
export class AttributeShape {
  readonly flat: FlatGroups
  private readonly keys: ReadonlySet<string>
  private readonly found: (readonly string[])[] = []

  constructor(keys: readonly string[]) {
    this.keys = new Set(keys)
    this.flat = toFlatGroups(keys)
  }

  /** Those keys of the list that the span has, in the list's order. */
  present(list: KeyList): readonly string[] {
    return (this.found[list.number] ??= list.keys.filter((key) => this.keys.has(key)))
  }
}

interface Node {
  next: Map<string, Node>
  shape?: AttributeShape
}

/** Keys that number things make a shape of every span; what they fill is dropped before it weighs. */
const nodesMax = 20_000

/** Remembers shapes by their keys in the order of arrival. */
export class ShapeMemo {
  private root: Node = { next: new Map() }
  private nodes = 0

  shapeOf(attributes: AttributeMap): AttributeShape {
    if (this.nodes > nodesMax) {
      this.root = { next: new Map() }
      this.nodes = 0
    }
    let node = this.root
    for (const key in attributes) {
      let next = node.next.get(key)
      if (next === undefined) {
        next = { next: new Map() }
        node.next.set(key, next)
        this.nodes += 1
      }
      node = next
    }
    return (node.shape ??= new AttributeShape(Object.keys(attributes)))
  }
}
