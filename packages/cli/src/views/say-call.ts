/** A tool call in one line. */
export function sayCall({ name, arguments: given }: { name: string; arguments?: unknown }): string {
  return `calls ${name} ${typeof given === 'string' ? given : (JSON.stringify(given) ?? '')}`.trim()
}
