export type AttributeType = 'string' | 'int' | 'double' | 'boolean' | 'string[]' | 'object' | 'object[]'

/**
 * How far a value may travel: `content` is what people and models said, `identifier` names a person or
 * a thing, `metadata` is neither.
 */
export type PrivacyClass = 'content' | 'identifier' | 'metadata'

export interface AttributeDefinition {
  name: string
  type: AttributeType
  privacy: PrivacyClass
  doc: string
}

/** Name, type, privacy class, doc. */
export type AttributeRow = readonly [string, AttributeType, PrivacyClass, string]
