/** What a child process needs of ours; nothing of Clew's own, so that a test says all that it gives. */
export function readChildEnvironment(): { NODE_ENV: 'production'; PATH: string; HOME: string } {
  const { PATH = '', HOME = '' } = process.env
  return { NODE_ENV: 'production', PATH, HOME }
}
