export {
  agentLabel,
  buildRunModel,
  buildRunModelInParts,
  endOf,
  isOpen,
  nodeLabel,
} from './build-run-model.ts'
export type { RunModel, RunNode } from './build-run-model.ts'
export { buildStory } from './build-story.ts'
export type { StoryEntry, StreamedText } from './build-story.ts'
export { findErrors } from './find-errors.ts'
export { readableText } from './readable-text.ts'
export { findLanding, findRunningLeaf, measureWaiting, titleOf, titleOfRun } from './run-facts.ts'
export type { StepTelling, StoryMark, StoryPart } from './story-part.ts'
export { shorten, summariseValue } from './summarise-value.ts'
