import { Fragment } from 'react'
import type { ReactNode } from 'react'

const keyword = /\b(import|from|const|await|async|export|with|as|pass)\b/

/** A snippet with its shell line, quiet keywords, and the key marked. */
export function CodeBox({
  install,
  code,
  mark,
}: {
  install?: string | undefined
  code: string
  mark?: string
}) {
  return (
    <div className="setup-code">
      {install === undefined ? null : (
        <div className="setup-code-shell">
          <span className="t3">sh</span>
          <code>{install}</code>
        </div>
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
      <pre tabIndex={0} aria-label="Code">
        {code.split('\n').map((line, index) => (
          <Fragment key={index}>
            {paint({ line, mark })}
            {'\n'}
          </Fragment>
        ))}
      </pre>
    </div>
  )
}

function paint({ line, mark }: { line: string; mark: string | undefined }): ReactNode[] {
  const at = mark === undefined || mark === '' ? -1 : line.indexOf(mark)
  if (at !== -1 && mark !== undefined) {
    return [
      ...paint({ line: line.slice(0, at), mark: undefined }),
      <mark key="key">{mark}</mark>,
      ...paint({ line: line.slice(at + mark.length), mark: undefined }),
    ]
  }
  return line.split(keyword).map((part, index) =>
    index % 2 === 1 ? (
      <span key={`${part}${index}`} className="kind k-llm">
        {part}
      </span>
    ) : (
      part
    ),
  )
}
