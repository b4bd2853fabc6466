import { FAULTS } from '../../domain/faults/faults.ts'
import type { Answers } from '../../domain/person.ts'
import { loadNetwork, loadPerson, loadTenantFile, namesOf } from '../../scenario/library.ts'

/** What a walk is a choice of: in each list the names that may be drawn. */
export interface Factors {
  device: readonly string[]
  tenant: readonly string[]
  network: readonly string[]
  profile: readonly string[]
  /** `NO_FAULT` is one of them. */
  fault: readonly string[]
}

export type FactorName = keyof Factors

export const FACTOR_NAMES: readonly FactorName[] = ['device', 'tenant', 'network', 'profile', 'fault']

/** One value of each. */
export type Choice = Readonly<Record<FactorName, string>>

/** A walk without a fault. */
export const NO_FAULT = 'none'

type Plain = Record<string, unknown>

const explored = (facts: Plain): Plain => ({
  deploymentProfiles: [{ id: 'explored', name: 'Explored', assignedTo: ['allDevices'], ...facts }],
})

/** Deployment profiles by name: what each changes of a tenant. */
export const PROFILES: Readonly<Record<string, { about: string; tenant: Plain }>> = {
  assigned: { about: 'what the tenant assigns to the device', tenant: {} },
  'user-driven': {
    about: 'user-driven, a standard user',
    tenant: explored({ mode: 'userDriven', userType: 'standard' }),
  },
  administrator: {
    about: 'user-driven, a local administrator',
    tenant: explored({ mode: 'userDriven', userType: 'administrator' }),
  },
  'self-deploying': { about: 'self-deploying', tenant: explored({ mode: 'selfDeploying' }) },
  none: { about: 'no profile at all', tenant: { deploymentProfiles: [] } },
}

/** All that there is to choose from. */
export const allFactors = (): Factors => ({
  device: namesOf('device'),
  tenant: namesOf('tenant'),
  network: namesOf('network'),
  profile: Object.keys(PROFILES),
  fault: [NO_FAULT, ...FAULTS.map(({ name }) => name)],
})

/** Answers to pages that a device of a school mostly does not come to, or that a person of a file does not answer. */
const FURTHER_ANSWERS: Answers = {
  connectivity: 'accept',
  licenseTerms: 'accept',
  deviceName: 'skip',
  deviceUsage: { usage: 'workOrSchool' },
  hello: ['ok', { pin: '482915', confirmPin: '482915' }],
  privacy: ['next', 'accept'],
  requiredSetupComplete: 'next',
}

/** Pages to which a press or a start may lead back: they are answered each time. */
const AGAIN = ['language', 'region', 'keyboard', 'secondKeyboard', 'network', 'signIn', 'welcome'] as const
const AGAIN_MAX = 3

/** The person of a tenant: the first, by name, whose account is in it and has a licence. Undefined where there is none. */
export function personOf(tenant: string): string | undefined {
  const { users } = loadTenantFile(tenant)
  const licensed = new Set(users.filter(({ licensed: has }) => has !== false).map(({ email }) => email))
  return namesOf('person').find((name) => {
    const { signIn } = loadPerson(name).definition as Answers
    const email = typeof signIn === 'object' && !Array.isArray(signIn) ? signIn.email : undefined
    return email !== undefined && licensed.has(email)
  })
}

/** A choice as a scenario says it, without its fault. */
export function scenarioOfChoice({ device, tenant, network, profile }: Choice, seed: number): Plain {
  const person = personOf(tenant)
  const changes = PROFILES[profile]!.tenant
  return {
    title: `${device}, ${tenant}, ${network}, profile ${profile}`,
    device,
    tenant: Object.keys(changes).length === 0 ? tenant : { use: tenant, with: changes },
    network,
    person: personFor(person, network),
    seed,
    // What a walk comes to is judged by other rules: this is for the one who plays its file.
    expect: { outcome: profile === 'self-deploying' ? 'signInScreen' : 'desktop' },
  }
}

/** Knows the Wi-Fi of the network, and answers the pages that a device of its school mostly does not come to. */
function personFor(person: string | undefined, network: string): unknown {
  const known = person === undefined ? {} : (loadPerson(person).definition as Answers)
  const further = Object.entries(FURTHER_ANSWERS).filter(([page]) => !(page in known))
  const { wifi = [] } = loadNetwork(network).definition as { wifi?: readonly { ssid: string; key?: string }[] }
  const [first] = wifi
  const asked = { ...known, ...(first ? { network: answerOf(first) } : {}) }
  const again = AGAIN.flatMap((page) => {
    const answer = asked[page]
    return answer === undefined || Array.isArray(answer) ? [] : [[page, Array(AGAIN_MAX).fill(answer)] as const]
  })
  const answers = { ...Object.fromEntries(further), ...Object.fromEntries(again) }
  return person === undefined ? answers : { use: person, with: answers }
}

const answerOf = ({ ssid, key }: { ssid: string; key?: string }): Record<string, string> => ({
  wifi: ssid,
  ...(key === undefined ? {} : { key }),
})
