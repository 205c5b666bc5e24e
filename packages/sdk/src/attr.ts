import * as attributes from '@clew/semconv/attributes'

type Names = typeof attributes
type AttributeNames = {
  readonly [Name in keyof Names as Name extends `ATTR_${infer Short}` ? Short : never]: Names[Name]
}

/** Every attribute name by its constant, without the prefix: `Attr.SESSION_ID` is `session.id`. */
export const Attr: AttributeNames = namesOf()

function namesOf(): AttributeNames {
  const entries = Object.entries(attributes).flatMap(([name, value]) =>
    name.startsWith('ATTR_') ? [[name.slice('ATTR_'.length), value] as const] : [],
  )
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the type says what the loop does
  return Object.freeze(Object.fromEntries(entries)) as unknown as AttributeNames
}
