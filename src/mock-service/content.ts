import { DECLARED_LENGTH } from '../domain/http.ts'
import type { AppDefinition } from '../domain/tenant.ts'
import { encodeMsiPackage } from '../protocols/msi-package/msi-package.ts'
import { AGENT_APP } from './mdm/agent-app.ts'
import { empty, reply } from './responses.ts'
import type { Handler } from './router.ts'

/** What of an app its package and its orders are made of. */
export type PackagedApp = Omit<AppDefinition, 'assignedTo' | 'excluded'>

/** The bytes of an app's package: the same for the hash in the order and for the download. */
export const packageOf = (app: PackagedApp): Uint8Array =>
  encodeMsiPackage({
    productCode: `{${app.id.toUpperCase()}}`,
    name: app.name,
    publisher: app.publisher,
    installSeconds: app.installSeconds,
    exitCode: app.exitCode,
    isDetected: app.isDetected,
  })

/** Serves packages. The body is small; its declared size is what the download takes. */
export const handleContent: Handler = (request, tenant) => {
  const id = new URL(request.url).pathname
    .split('/')
    .at(-1)!
    .replace(/\.msi$/, '')
  const app = id === AGENT_APP.id ? AGENT_APP : tenant.directory.now.apps.get(id)
  if (!app) return empty(404)
  const response = reply(200, 'application/x-msi', packageOf(app))
  response.headers[DECLARED_LENGTH] = String(app.sizeMb * 1_000_000)
  return response
}
