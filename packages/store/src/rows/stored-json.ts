/** JSON that this package wrote itself, and so of the type that it wrote; throws when it is no JSON. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- a named cast
export function parseStoredJson<Written>(text: string): Written {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only encoders of this package write it
  return JSON.parse(text) as Written
}
