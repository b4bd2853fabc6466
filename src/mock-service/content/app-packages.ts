import { createHash } from 'node:crypto'
import { AGENT_PROVIDER } from '../../domain/esp.ts'
import type { AppDefinition, ScriptDefinition } from '../../domain/tenant-apps.ts'
import { encodeAppPackage, type PackageKind } from '../../protocols/app-package/app-package.ts'
import { AGENT_APP } from '../oma-dm/agent-app.ts'

/** What of an app its package and its orders are made of. */
export type PackagedApp = Omit<AppDefinition, 'assignedTo' | 'excluded'> & Pick<ScriptDefinition, 'remediationExitCode'>

export const ENDING: Record<PackageKind, string> = {
  msi: 'msi',
  msix: 'msix',
  win32: 'intunewin',
  store: 'msixbundle',
  office: 'cab',
}
export const productCode = ({ id }: Pick<AppDefinition, 'id'>): string => `{${id.toUpperCase()}}`

const PUBLISHER_ID_LENGTH = 13

/** `Name_PublisherId`; Windows makes the second part of a hash of the publisher, too. */
export function packageFamilyName({ name, publisher }: Pick<AppDefinition, 'name' | 'publisher'>): string {
  const digest = createHash('sha256').update(publisher, 'utf16le').digest('hex').slice(0, PUBLISHER_ID_LENGTH)
  return `${name.replace(/[^A-Za-z0-9.-]/g, '')}_${digest}`
}

const identityOf = (app: PackagedApp): string =>
  ({ msi: productCode(app), msix: packageFamilyName(app), win32: app.id, store: app.id, office: app.id })[app.kind]

/** The bytes of an app's package: the same for the hash in the order and for the download. */
export const packageOf = (app: PackagedApp): Uint8Array =>
  encodeAppPackage(app.kind, {
    identity: identityOf(app),
    name: app.name,
    publisher: app.publisher,
    version: app.version,
    installSeconds: app.installSeconds,
    exitCode: app.exitCode,
    isDetected: app.isDetected,
    ...(app.remediationExitCode === undefined ? {} : { remediationExitCode: app.remediationExitCode }),
    ...(app.id === AGENT_APP.id ? { agent: { provider: AGENT_PROVIDER, appsUrl: '/agent/apps' } } : {}),
  })

/** SHA-256 in hex. */
export const packageHash = (app: PackagedApp): string => createHash('sha256').update(packageOf(app)).digest('hex')

export const packageUrl = (app: PackagedApp, contentUrl: string): string =>
  `${contentUrl}/${app.id}.${ENDING[app.kind]}`

/** A script as the management extension gets it: in the place of an installer, and with no detection. */
export const scriptAsApp = (script: ScriptDefinition, publisher: string): PackagedApp => ({
  ...asApp(script, publisher),
  ...(script.kind === 'remediation' ? { remediationExitCode: script.remediationExitCode ?? 0 } : {}),
})

const asApp = ({ id, name, runSeconds, exitCode }: ScriptDefinition, publisher: string): PackagedApp => ({
  id,
  name,
  publisher,
  version: '1',
  scope: 'device',
  kind: 'win32',
  sizeMb: 0,
  installSeconds: runSeconds,
  exitCode,
  isDetected: true,
  retryCount: 0,
  timeoutMinutes: 0,
  isSkipped: false,
})
