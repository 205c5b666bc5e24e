export { filterFields } from './filter-fields.ts'
export type { FilterField } from './filter-fields.ts'
export { describeCondition, formatFilterText, parseFilterText } from './filter-text.ts'
export type { ParsedFilter } from './filter-text.ts'
