/** What a verb can meet, as a value; the caller maps the code to a status. */
export interface ControlFailure {
  code: 'forbidden' | 'not-found' | 'invalid' | 'conflict'
  message: string
  /** The input field that is at fault, when one is. */
  field?: string
}
