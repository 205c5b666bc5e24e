import * as attributes from '@clew/semconv/attributes'

/** Every attribute name by its constant, without the prefix: `Attr.SESSION_ID`. */
export const Attr: { readonly [name: string]: string } = Object.freeze(
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      name.startsWith('ATTR_') && typeof value === 'string' ? [[name.slice('ATTR_'.length), value]] : [],
    ),
  ),
)
