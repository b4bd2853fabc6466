import { DECLARED_LENGTH } from '../../domain/http.ts'
import type { PackageKind } from '../../protocols/app-package/app-package.ts'
import type { Handler } from '../handler.ts'
import { AGENT_APP } from '../oma-dm/agent-app.ts'
import { empty, reply } from '../responses.ts'
import { ENDING, packageOf, scriptAsApp } from './app-packages.ts'

const TYPE: Record<PackageKind, string> = {
  msi: 'application/x-msi',
  msix: 'application/msix',
  win32: 'application/octet-stream',
  store: 'application/msixbundle',
  office: 'application/vnd.ms-cab-compressed',
}

/** Serves packages. The body is small; its declared size is what the download takes. */
export const handleContent: Handler = (request, tenant) => {
  const [, id = '', ending = ''] = /(?<![^/.])([^/.]+)\.(\w+)$/.exec(new URL(request.url).pathname) ?? []
  const script = tenant.definition.scripts.find((one) => one.id === id)
  const app =
    id === AGENT_APP.id
      ? AGENT_APP
      : (tenant.directory.now.apps.get(id) ?? (script && scriptAsApp(script, tenant.definition.name)))
  if (!app || ENDING[app.kind] !== ending) return empty(404)
  const response = reply(200, TYPE[app.kind], packageOf(app))
  response.headers[DECLARED_LENGTH] = String(app.sizeMb * 1_000_000)
  return response
}
