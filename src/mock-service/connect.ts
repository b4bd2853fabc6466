import { handleGraph } from './graph/handle-graph.ts'
import { type MockOptions, startWith } from './start.ts'

/** A separate tenant with all its services, Microsoft Graph among them. */
export const startTenant = (options: MockOptions, now: () => number) => startWith(options, now, handleGraph)
