import { type DiskFacts, plainName, type Written } from './facts.ts'
import { keyPart, type RegistryFile } from './registry-file.ts'

const DIAGNOSTICS =
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\Autopilot\\EnrollmentStatusTracking\\ESPTrackingInfo\\Diagnostics'

/** Lists of the tree by their names there (4.3 [S, M]); the user's are below the SID, which a journal does not know. */
const LISTS = [
  'ExpectedMSIAppPackages',
  'ExpectedModernAppPackages',
  'ExpectedPolicies',
  'ExpectedNetworkProfiles',
  'ExpectedSCEPCerts',
  'ExpectedPFXCerts',
]
const LIST = new RegExp(`^\\./(Device|User)/.*/FirstSyncStatus/(${LISTS.join('|')})$`)
const SIDECAR =
  /^\.\/(Device|User)\/Vendor\/MSFT\/EnrollmentStatusTracking\/Setup\/Apps\/Tracking\/([^/]+)\/([^/]+)\/InstallationState$/
const USER = 'user'

/** What the status page tracked, each with the time at which it changed: a key for each moment, as the diagnostics script reads it. */
export function trackingValues({ written, timeOf }: DiskFacts, file: RegistryFile): void {
  const lists = new Map<string, Written>()
  const known = new Map<string, string>()
  const noted = new Map<string, number>()
  for (const one of written) {
    const list = LIST.exec(one.uri)
    if (list) lists.set(`${list[1]} ${list[2]}`, one)
    known.set(one.uri, one.value)
    const app = SIDECAR.exec(one.uri)
    if (app) {
      const [, scope, provider, name] = app
      const key = [DIAGNOSTICS, ...owner(scope!), keyPart(plainName(provider!)), timeOf(one.at)].join('\\')
      file.set(key, keyPart(plainName(name!)), Number(one.value))
    }
    // A list that comes late has nodes that are there already.
    const changed = list ? [...known] : [[one.uri, one.value] as const]
    for (const [uri, value] of changed) {
      for (const change of changesOf(uri, value, lists)) {
        const place = [DIAGNOSTICS, ...owner(change.scope), change.list].join('\\')
        // What is written again is as it was.
        if (noted.get(`${place} ${change.node}`) === change.value) continue
        noted.set(`${place} ${change.node}`, change.value)
        file.set(`${place}\\${timeOf(one.at)}`, change.node, change.value)
      }
    }
  }
}

const owner = (scope: string): string[] => (scope === 'User' ? [USER] : [])

interface TrackedChange {
  scope: string
  list: string
  node: string
  value: number
}

const STATUS = /^(.*\/EnterpriseDesktopAppManagement\/MSI\/[^/]+)\/Status$/
const OFFICE = /^(.*\/Office\/Installation\/[^/]+)\/FinalStatus$/

/** A node of a list: 1 once it is there; of an MSI and of Microsoft 365 Apps the number of its status (4.6 [F]). */
function changesOf(uri: string, value: string, lists: ReadonlyMap<string, Written>): TrackedChange[] {
  const [, msi] = STATUS.exec(uri) ?? OFFICE.exec(uri) ?? []
  const node = msi ?? uri
  return [...lists].flatMap(([key, { value: list }]) => {
    const [scope = '', name = ''] = key.split(' ')
    const isIn = list.split('\uf000').some((one) => one.replace(/;\d+$/, '') === node)
    // Of an MSI only its status counts, and not that it was ordered.
    if (!isIn || (name === 'ExpectedMSIAppPackages' && msi === undefined)) return []
    return [{ scope, list: name, node, value: msi === undefined ? 1 : Number(value) }]
  })
}
