export { wrapClaudeAgentSdkQuery } from './wrap-query.ts'
