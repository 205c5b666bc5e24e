export { installLangSmith } from './install.ts'
export type { InstallResult } from '../shared/install-result.ts'
