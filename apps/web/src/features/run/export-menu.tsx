'use client'

import { useProject } from '#shell/project-context.tsx'
import { Icon } from '#ui/icon.tsx'
import { Menu } from '#ui/menu.tsx'

const formats = [
  { format: 'otlp', label: 'OTLP/JSON, as it came in' },
  { format: 'genai', label: 'OTLP/JSON in GenAI conventions' },
] as const

/** The run as a file for other tools; what was redacted stays redacted. */
export function ExportMenu({ traceId }: { traceId: string }) {
  const { id } = useProject()
  return (
    <Menu
      label="Export the run"
      align="end"
      triggerClassName="btn btn-ghost btn-square"
      trigger={<Icon name="export" size={14} />}
      items={formats.map(({ format, label }) => ({
        key: format,
        label,
        onSelect: () => download({ traceId, project: id, format }),
      }))}
    />
  )
}

function download(args: { traceId: string; project: string; format: string }): void {
  const { traceId, project, format } = args
  const link = document.createElement('a')
  link.href = `/v1/traces/${traceId}?${new URLSearchParams({ format, project }).toString()}`
  link.download = `${traceId}.${format}.json`
  link.click()
}
