import { QUALITY_UPDATES_NODE } from '../domain/esp.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { eventsOf, type Incident, nodesLike, reachedUser } from './incident.ts'
import { plainPolicyValue } from './policy-value.ts'

const POLICY = /^\.\/(Device|User)\/Vendor\/MSFT\/Policy\/Config\/([^/]+)\/([^/]+)$/
const KIOSK = './Device/Vendor/MSFT/AssignedAccess/Configuration'

interface Policy {
  policy: string
  scope: 'device' | 'user'
  value: string
  restarts?: boolean
}

/** The policies of the incident; undefined where they are those of the school. A text of the school's own is no value that is kept. */
export function draftedPolicies(
  incident: Incident,
  school: TenantDefinition,
  guess: (key: string, text: string) => void,
): Policy[] | undefined {
  const restarting = eventsOf(incident, 'management', 2800).flatMap(({ values }) => values)
  const found = nodesLike(incident, POLICY)
  const policies = found.flatMap(({ parts, value }): Policy[] => {
    const [root = '', area = '', name = ''] = parts
    const uri = `./${root}/Vendor/MSFT/Policy/Config/${area}/${name}`
    if (uri === QUALITY_UPDATES_NODE || !/^\w+$/.test(area) || !/^[\w~]+$/.test(name)) return []
    const policy = `${area}/${name}`
    const scope = root === 'User' ? 'user' : 'device'
    const known = school.policies.find((one) => one.policy === policy && one.scope === scope && one.value === value)
    const plain = known ? value : plainPolicyValue(value)
    if (plain !== value) guess('policies', `the value of ${policy} is text, which may name the school: a synthetic one`)
    const restarts = restarting.some((one) => one.includes(policy))
    return [{ policy, scope, value: plain, ...(restarts ? { restarts } : {}) }]
  })
  const kiosk = incident.nodes.get(KIOSK)
  if (kiosk !== undefined) {
    policies.push({ policy: 'AssignedAccess/Configuration', scope: 'device', value: plainPolicyValue(kiosk) })
  }
  const usual = reachedUser(incident) ? school.policies : school.policies.filter(({ scope }) => scope === 'device')
  return isSameList(policies, usual) ? undefined : policies
}

/** Wi-Fi profiles that the device got. Names are synthetic where they are not those of the school. */
export function draftedWifi(incident: Incident, school: TenantDefinition): unknown {
  const found = nodesLike(incident, /^\.\/(Device|User)\/Vendor\/MSFT\/WiFi\/Profile\/([^/]+)\/WlanXml$/)
  const profiles = found.map(({ parts }, index) => {
    const scope = parts[0] === 'User' ? 'user' : 'device'
    const known = school.wifiProfiles.some(({ ssid }) => ssid === parts[1])
    return { ssid: known ? parts[1]! : `Imported-Wi-Fi-${index + 1}`, scope }
  })
  const usual = reachedUser(incident)
    ? school.wifiProfiles
    : school.wifiProfiles.filter(({ scope }) => scope === 'device')
  return isSameList(profiles, usual) ? undefined : profiles
}

/** In whatever order. */
const isSameList = (a: readonly object[], b: readonly object[]): boolean => {
  const texts = (list: readonly object[]) =>
    list.map((one) => JSON.stringify(Object.entries(one).toSorted(([x], [y]) => x.localeCompare(y)))).toSorted()
  return JSON.stringify(texts(a)) === JSON.stringify(texts(b))
}
