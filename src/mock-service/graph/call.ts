/** What a route needs: the call, its answers, and its refusals. */
export { collection, entity } from './collection.ts'
export { created, dateTime, type GraphAnswer, type GraphCall, type GraphRoute, noContent, ok } from './contract.ts'
export { badRequest, GraphError, notFound, unreadable } from './graph-error.ts'
