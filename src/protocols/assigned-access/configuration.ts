import { DecodeError } from '../../domain/trouble.ts'
import { attribute, child, children, type XmlElement } from '../xml/element.ts'
import { parseXml } from '../xml/read.ts'

/** The data of `AssignedAccess/Configuration`, as far as a first boot follows it (AssignedAccess CSP [D]). */
export interface AssignedAccess {
  /** What the account with the automatic sign-in shows; undefined where no account signs in by the configuration. */
  autoLogon: { shows: string } | undefined
  /** How many configurations are for accounts or groups that sign in themselves. */
  others: number
}

const MALFORMED = 'ERR_ASSIGNED_ACCESS_MALFORMED'

/**
 * Reads a kiosk configuration: profiles, and which account has which. The namespaces of its versions differ, so names alone count.
 *
 * @throws DecodeError `ERR_ASSIGNED_ACCESS_MALFORMED`, or as XML is refused
 */
export function decodeAssignedAccess(text: string): AssignedAccess {
  const root = parseXml(text)
  if (root.local !== 'AssignedAccessConfiguration') {
    throw new DecodeError(MALFORMED, `the root is ${root.local}, not AssignedAccessConfiguration`)
  }
  const profiles = new Map(children(child(root, 'Profiles'), 'Profile').map((one) => [idOf(one), one]))
  const configs = children(child(root, 'Configs'), 'Config')
  const shown = configs.map((config) => ({ config, profile: profileOf(config, profiles) }))
  const automatic = shown.filter(({ config }) => child(config, 'AutoLogonAccount') !== undefined)
  if (automatic.length > 1) throw new DecodeError(MALFORMED, 'more than one AutoLogonAccount')
  const [first] = automatic
  return {
    autoLogon: first && { shows: contentOf(first.profile) },
    others: configs.length - automatic.length,
  }
}

/** GUIDs are the same in any letter case. */
const idOf = (element: XmlElement): string => (attribute(element, 'Id') ?? '').toLowerCase()

function profileOf(config: XmlElement, profiles: ReadonlyMap<string, XmlElement>): XmlElement {
  const wanted = child(config, 'DefaultProfile')
  const profile = wanted && profiles.get(idOf(wanted))
  if (!profile) throw new DecodeError(MALFORMED, 'a Config whose DefaultProfile is no Profile')
  return profile
}

function contentOf(profile: XmlElement): string {
  const app = child(profile, 'KioskModeApp')
  if (app) {
    const name = attribute(app, 'AppUserModelId') || attribute(app, 'ClassicAppPath')
    if (!name) throw new DecodeError(MALFORMED, 'a KioskModeApp without AppUserModelId or ClassicAppPath')
    return name
  }
  const allowed = children(child(child(profile, 'AllAppsList'), 'AllowedApps'), 'App')
  if (allowed.length === 0) throw new DecodeError(MALFORMED, 'a Profile without an app')
  return allowed.length === 1 ? 'a restricted desktop with one app' : `a restricted desktop with ${allowed.length} apps`
}

/** Whether the tree takes this as a configuration. What Windows answers for another is not published: 500 is assumed. */
export function isAssignedAccess(value: string): boolean {
  try {
    decodeAssignedAccess(value)
    return true
  } catch (error) {
    if (error instanceof DecodeError) return false
    throw error
  }
}
