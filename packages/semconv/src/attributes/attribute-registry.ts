import { aiSdkAttributes } from './ai-sdk-registry.ts'
import type { AttributeDefinition, AttributeRow } from './attribute-definition.ts'
import { clewAttributes } from './clew-registry.ts'
import { genAiAttributes } from './gen-ai-registry.ts'
import { openInferenceAttributes } from './openinference-registry.ts'
import { otelAttributes } from './otel-registry.ts'

/** Every attribute that Clew names, one entry each; reference pages are generated from it. */
export function listAttributes(): AttributeDefinition[] {
  return rows().map(([name, type, privacy, doc]) => ({ name, type, privacy, doc }))
}

function rows(): readonly AttributeRow[] {
  return [
    ...clewAttributes,
    ...openInferenceAttributes,
    ...genAiAttributes,
    ...aiSdkAttributes,
    ...otelAttributes,
  ]
}
