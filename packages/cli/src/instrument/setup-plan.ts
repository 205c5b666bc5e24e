import type { FileChange } from './write-files.ts'

/** A file that will be written, with its path in the app. */
export interface PlannedChange extends FileChange {
  path: string
}

/** What will be written, and what is left for the person. */
export interface SetupPlan {
  /** The file with which the app starts. */
  entry: string
  changes: PlannedChange[]
  /** Libraries that will be recorded. */
  recorded: string[]
  /** What nothing but a person can do, in words. */
  byHand: string[]
}
