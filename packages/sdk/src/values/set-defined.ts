import type { AttributeValue, Attributes } from '@opentelemetry/api'

/** Sets an attribute unless its value is absent; cheaper than spreading objects where every span does it. */
export function setDefined(attributes: Attributes, key: string, value: AttributeValue | undefined): void {
  if (value !== undefined) attributes[key] = value
}
