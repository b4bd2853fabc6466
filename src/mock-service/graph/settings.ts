import { dateTime, entity, GraphError, type GraphRoute, noContent } from './call.ts'
import { parametersOf } from './strict-body.ts'

const PATH = '/deviceManagement/windowsAutopilotSettings'
const permission = 'DeviceManagementServiceConfig'

/** `windowsAutopilotSettings`: 204 starts a synchronisation, 409 says that one runs, 429 that the last was too recent. */
export const settingsRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: PATH,
    isBeta: true,
    permission,
    handle(call) {
      const { tenant } = call
      const { synchronisation } = tenant
      const now = tenant.now()
      const done = synchronisation.endedAt(now) === undefined ? 'unknown' : 'completed'
      const settings = {
        '@odata.type': '#microsoft.graph.windowsAutopilotSettings',
        id: tenant.definition.tenantId,
        lastSyncDateTime: dateTime(synchronisation.endedAt(now)),
        lastManualSyncTriggerDateTime: dateTime(synchronisation.startedAt),
        syncStatus: synchronisation.isRunning(now) ? 'inProgress' : done,
      }
      return entity(call, settings, PATH.slice(1))
    },
  },
  {
    method: 'POST',
    path: `${PATH}/sync`,
    isBeta: true,
    permission,
    handle(call) {
      const { tenant } = call
      parametersOf(call, 'sync', [])
      const now = tenant.now()
      switch (tenant.synchronisation.start(now)) {
        case 'started':
          return noContent
        case 'running':
          throw new GraphError(409, 'Conflict', 'A synchronisation is running.')
        case 'tooSoon':
          throw new GraphError(429, 'TooManyRequests', 'The last synchronisation began less than ten minutes ago.', {
            'retry-after': String(tenant.synchronisation.retryAfter(now)),
          })
      }
    },
  },
]
