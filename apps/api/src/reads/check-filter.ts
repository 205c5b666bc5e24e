import type { Filter, FilterNode } from '@clew/domain'
import { ApiError } from '../api-error.ts'
import type { ProjectScope } from '../project-scope.ts'

const contentFields =
  /^(input|output|error|errorMessage|statusMessage|inputMessages|outputMessages)(\.|$)|^attributes\./

/** Refuses a filter that would answer questions about content to somebody who may not read it. */
export function checkFilter(options: { filter: Filter; project: ProjectScope }): Filter {
  const { filter, project } = options
  if (project.mayReadContent) return filter
  if (filter.text === undefined && !namesContent(filter.where)) return filter
  throw new ApiError({ code: 'forbidden', message: 'Searching in content needs the right to read content' })
}

function namesContent(node: FilterNode | undefined): boolean {
  if (node === undefined) return false
  if ('and' in node) return node.and.some(namesContent)
  if ('or' in node) return node.or.some(namesContent)
  if ('not' in node) return namesContent(node.not)
  return contentFields.test(node.field)
}
