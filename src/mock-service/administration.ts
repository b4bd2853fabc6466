/** What of the mock no device needs: it is loaded when a story has an administrator, or a program asks Graph. */
export { administer, command, hold } from './administrator/administrator.ts'
export { officeOf } from './administrator/office.ts'
export { type ReportedDeployment, reportedDeployments } from './graph/autopilot-events.ts'
export { handleGraph } from './graph/handle-graph.ts'
