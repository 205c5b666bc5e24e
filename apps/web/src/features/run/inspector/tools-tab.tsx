'use client'

import { useMemo } from 'react'
import { JsonPayload } from '#ui/payload.tsx'
import { listCalledTools, listOfferedTools } from './list-tools.ts'
import { ToolCallView } from './message-list.tsx'
import type { InspectorTabProps } from './overview-tab.tsx'
import { Facts, Nothing, Section } from './section.tsx'

/** The tools of a model call: those it asked for and those it could have; for a tool, what it is. */
export function ToolsTab({ span, isWhole, model, onSelect }: InspectorTabProps) {
  const offered = useMemo(() => listOfferedTools(span), [span])
  const called = useMemo(() => listCalledTools({ span, model }), [span, model])
  if (span.tool !== undefined) {
    return (
      <Section label="This tool">
        <Facts
          facts={[
            ['Name', span.tool.name],
            ['Version', span.tool.version],
            ['Call id', span.tool.callId],
            ['MCP server', span.tool.mcpServer],
          ]}
        />
      </Section>
    )
  }
  if (offered.length === 0 && called.length === 0) {
    return <Nothing>{isWhole ? 'No tools were offered or asked for.' : 'Reading the tools.'}</Nothing>
  }
  return (
    <>
      {called.length === 0 ? null : (
        <Section label="Asked for">
          <div className="grid gap-2">
            {called.map(({ call, node }, i) => (
              <div key={call.id ?? i}>
                <ToolCallView call={call} />
                {node === undefined ? null : (
                  <button type="button" className="link small" onClick={() => onSelect(node)}>
                    {node.step === undefined ? 'See it run' : `Ran as step ${node.step}`}
                  </button>
                )}
              </div>
            ))}
          </div>
        </Section>
      )}
      {offered.length === 0 ? null : (
        <Section label={`Offered, ${offered.length}`}>
          <div className="grid gap-3">
            {offered.map((tool) => (
              <div key={tool.name}>
                <code>{tool.name}</code>
                {tool.description === undefined ? null : <p className="small t2">{tool.description}</p>}
                {tool.schema === undefined ? null : (
                  <details>
                    <summary className="small t3">Schema</summary>
                    <JsonPayload value={tool.schema} />
                  </details>
                )}
              </div>
            ))}
          </div>
        </Section>
      )}
    </>
  )
}
