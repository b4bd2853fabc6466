import { CODE } from '../windows-codes.ts'
import { type Fault, type FaultEffect, type FaultService, SERVICES } from './fault.ts'
import { SCHOOL_NETWORK_FAULTS } from './school-network.ts'

const NET = 'oobe-autopilot-esp.md, 1.4'
const BLOCKED = 'oobe-autopilot-esp.md, 5.1'
const AGAIN = 'The person presses Try again, and the first boot continues.'

/** A link that comes back after two minutes, at whatever state it is lost. */
const away = (
  row: Pick<Fault, 'name' | 'about' | 'help' | 'base' | 'needs'>,
  lost: FaultEffect,
  does: 'waits' | 'plugsIn' | 'switchesOn',
): Fault => ({
  ...row,
  family: 'network',
  bites: { states: 'all' },
  does: { ...lost, for: '2m' },
  recovery: { by: 'person', press: ['tryAgain', 'skip', 'startOver'], does },
  ends: 'asBefore',
  source: `${NET} [D]`,
})

const AWAY: readonly Fault[] = [
  away(
    {
      name: 'internet-away-for-two-minutes',
      about: 'Everything behind the access point or the cable is away for two minutes.',
      help: 'The device waits, or the person tries again, until the internet is back.',
      base: 'wifi',
    },
    { network: 'down' },
    'waits',
  ),
  away(
    {
      name: 'cable-pulled-for-two-minutes',
      about: 'The network cable is out for two minutes.',
      help: 'The person plugs the cable in again, and tries again where a page asks for it.',
      base: 'ethernet',
      needs: 'ethernet',
    },
    { cable: 'out' },
    'plugsIn',
  ),
  away(
    {
      name: 'wifi-off-for-two-minutes',
      about: 'Wi-Fi is switched off for two minutes.',
      help: 'The person switches Wi-Fi on, and tries again where a page asks for it.',
      base: 'wifi',
      needs: 'wifi',
    },
    { wifi: 'off' },
    'switchesOn',
  ),
]

const wifi = (facts: Record<string, unknown>) => ({
  network: {
    wifi: [
      {
        ssid: 'Contoso-Students',
        security: 'wpa2-psk',
        key: 'learn-anywhere',
        bars: 4,
        captivePortal: false,
        ...facts,
      },
    ],
  },
})

/** The network page and the test of the connection. */
const FIRST_PAGES: readonly Fault[] = [
  {
    name: 'wifi-key-changed',
    family: 'network',
    about: 'The school has changed the key of its Wi-Fi, and the person has the old one.',
    help: 'The page asks for the key again. The person needs the new one.',
    base: 'wifi',
    needs: 'wifi',
    bites: { fromStart: 'network' },
    facts: wifi({ key: 'another-key' }),
    page: 'network',
    says: 'the network security key is not correct',
    recovery: { by: 'none' },
    ends: 'unanswered',
    source: `${NET} [U]`,
  },
  {
    name: 'wifi-out-of-range',
    family: 'network',
    about: 'No Wi-Fi network is in range, and there is no cable.',
    help: 'The page stays until a network is there.',
    base: 'wifi',
    needs: 'wifi',
    bites: { fromStart: 'network' },
    facts: { network: { wifi: [] } },
    page: 'network',
    says: 'No Wi-Fi networks found',
    recovery: { by: 'none' },
    ends: 'unanswered',
    source: `${NET} [D]`,
  },
  {
    name: 'captive-portal-on-wifi',
    family: 'network',
    about: 'The Wi-Fi has a captive portal, which asks for its terms first.',
    help: 'The person accepts the terms on the page of the portal.',
    base: 'wifi',
    needs: 'wifi',
    bites: { fromStart: 'connectivity' },
    facts: wifi({ captivePortal: true }),
    page: 'connectivity',
    says: 'This network requires you to sign in',
    recovery: { by: 'person', press: 'accept' },
    ends: 'asBefore',
    source: `${NET} [D]`,
  },
  {
    name: 'connectivity-test-blocked',
    family: 'network',
    about: 'A firewall blocks the host of the connectivity test for five minutes.',
    help: 'The device tests again until the administrator lets the host through.',
    base: 'wifi',
    bites: { states: ['connectivity.probing'] },
    does: { block: 'www.msftconnecttest.test', for: '5m' },
    page: 'connectivity',
    code: CODE.cannotConnect,
    recovery: { by: 'device' },
    ends: 'asBefore',
    source: `${BLOCKED} [D]`,
  },
]

const probe = (name: string, about: string, does: FaultEffect, sign: Pick<Fault, 'code' | 'says'>): Fault => ({
  name,
  family: 'network',
  about,
  help: 'The device tests the connection again after a while.',
  base: 'wifi',
  bites: { requests: ['connectivity probe'] },
  does,
  page: 'connectivity',
  ...sign,
  recovery: { by: 'device' },
  ends: 'asBefore',
  source: `${NET} [D]`,
})

const PROBES: readonly Fault[] = [
  probe(
    'connectivity-test-times-out',
    'The connectivity test gets no answer.',
    { hang: true },
    { code: CODE.connectionTimedOut },
  ),
  probe(
    'connectivity-test-broken-off',
    'The connectivity test is broken off.',
    { drop: true },
    { code: CODE.connectionAborted },
  ),
  probe(
    'connectivity-test-changed',
    'Something on the network answers the connectivity test with another text.',
    { answer: { status: 200, body: 'Please enable JavaScript.' } },
    { says: 'This network requires you to sign in' },
  ),
]

/** One lost connection to a service, by how it is lost and where it shows. */
const LOST = {
  'times-out': { does: { hang: true }, why: 'does not answer in time', code: CODE.connectionTimedOut },
  'breaks-off': { does: { drop: true }, why: 'breaks the connection off', code: CODE.connectionAborted },
} as const

const lost = (
  how: keyof typeof LOST,
  service: string,
  subject: string,
  row: Pick<Fault, 'base' | 'bites' | 'page' | 'recovery' | 'source' | 'help'> &
    Partial<Pick<Fault, 'code' | 'in' | 'ends'>>,
  times?: number,
): Fault => ({
  name: `${service}-${how}`,
  family: 'network',
  about: `${subject} ${LOST[how].why}${times === undefined ? '' : ', however often it is asked'}.`,
  does: { ...LOST[how].does, ...(times === undefined ? {} : { times }) },
  code: LOST[how].code,
  ends: 'asBefore',
  ...row,
})

const TRY_AGAIN = { by: 'person', press: 'tryAgain' } as const

const JOIN = {
  base: 'termsOfUse',
  bites: { requests: ['MS-DVRD discovery', 'MS-DVRJ device join', 'MDM terms of use'] },
  page: 'deviceJoin',
  recovery: TRY_AGAIN,
  help: AGAIN,
  source: 'mdm-protocols.md, 4.2 [U]',
} as const

const ATTESTATION = {
  base: 'selfDeploying',
  bites: { requests: ['TPM attestation challenge', 'TPM attestation proof'] },
  page: 'tpmAttestation',
  recovery: TRY_AGAIN,
  help: AGAIN,
  source: 'device-identity.md, 3.10 [U]',
} as const

const UPDATES = ['MS-WUSP GetCookie', 'MS-WUSP SyncUpdates', 'MS-WUSP GetExtendedUpdateInfo', 'Windows Update download']

const CRITICAL = {
  base: 'wifi',
  bites: { requests: UPDATES, on: ['criticalUpdates'] },
  page: 'criticalUpdates',
  in: 'log',
  recovery: { by: 'device' },
  help: 'The first boot continues without critical updates.',
  source: 'oobe-autopilot-esp.md, 1.5 [D]',
} as const

const QUALITY = {
  base: 'wifi',
  bites: { requests: UPDATES, on: ['qualityUpdates'] },
  page: 'qualityUpdates',
  recovery: { by: 'person', press: 'skip' },
  help: 'The person skips the page; Windows installs the update later.',
  source: 'oobe-autopilot-esp.md, 4.8 [F]',
} as const

const LOOKUP = {
  base: 'wifi',
  bites: { requests: ['Autopilot lookup'] },
  page: 'autopilotProfile',
  in: 'log',
  recovery: { by: 'device' },
  help: 'The device asks again after a while.',
  source: 'oobe-autopilot-esp.md, 3.4 [F]',
} as const

const NO_LOOKUP = {
  ...LOOKUP,
  recovery: { by: 'none' },
  ends: 'withoutAutopilot',
  help: 'The device gives up and is set up as one of no school. Restart it when the service can be reached.',
} as const

/** More often than the device asks. */
const ALWAYS = 10_000

const SETTING_UP = {
  base: 'wifi',
  bites: { requests: ['OMA-DM session'], on: ['enrollmentStatus'] },
  page: 'enrollmentStatus',
  in: 'log',
  recovery: { by: 'device' },
  help: 'The device holds another session.',
  source: 'mdm-protocols.md, 11 [U]',
} as const

const BY_SERVICE: readonly Fault[] = [
  lost('times-out', 'join', 'The registration service', JOIN),
  lost('breaks-off', 'join', 'The registration service', JOIN),
  lost('times-out', 'attestation', 'The attestation service', ATTESTATION),
  lost('breaks-off', 'attestation', 'The attestation service', ATTESTATION),
  lost('times-out', 'critical-updates', 'Windows Update', CRITICAL),
  lost('breaks-off', 'critical-updates', 'Windows Update', CRITICAL),
  lost('times-out', 'quality-updates', 'Windows Update', {
    ...QUALITY,
    bites: { ...QUALITY.bites, requests: UPDATES.slice(0, 3) },
  }),
  lost('breaks-off', 'quality-updates', 'Windows Update', QUALITY),
  lost('times-out', 'lookup', 'The Autopilot service', LOOKUP),
  lost('breaks-off', 'lookup', 'The Autopilot service', LOOKUP),
  { ...lost('times-out', 'lookup-never', 'The Autopilot service', NO_LOOKUP, ALWAYS), name: 'lookup-always-times-out' },
  {
    ...lost('breaks-off', 'lookup-never', 'The Autopilot service', NO_LOOKUP, ALWAYS),
    name: 'lookup-always-breaks-off',
  },
  lost('times-out', 'management', 'The management server', SETTING_UP),
  lost('breaks-off', 'management', 'The management server', SETTING_UP),
  {
    ...lost('times-out', 'sign-in', 'The sign-in service', {
      base: 'wifi',
      bites: {
        requests: ['Entra GetCredentialType', 'OIDC metadata', 'OIDC authorize', 'Entra login', 'OIDC token'],
        on: ['signIn'],
      },
      page: 'signIn',
      recovery: TRY_AGAIN,
      help: AGAIN,
      source: 'oobe-autopilot-esp.md, 4.9 [S]',
    }),
    code: CODE.identityProviderBlocked,
  },
  {
    ...lost('breaks-off', 'enrolment', 'The enrolment server', {
      base: 'wifi',
      bites: { requests: ['MS-MDE2 Discover', 'MS-XCEP GetPolicies', 'MS-WSTEP RequestSecurityToken'] },
      page: 'enrollment',
      recovery: TRY_AGAIN,
      help: AGAIN,
      source: 'mdm-protocols.md, 1.9 [L]',
    }),
    code: CODE.enrollmentConnectivity,
  },
]

const firewall = (
  service: FaultService,
  host: string,
  row: Pick<Fault, 'base' | 'page' | 'code' | 'recovery' | 'ends' | 'help'> & Partial<Pick<Fault, 'in' | 'source'>>,
): Fault => ({
  name: `firewall-blocks-${service}`,
  family: 'network',
  about: `A firewall blocks the hosts of ${SERVICES[service]}.`,
  bites: { fromStart: row.page! },
  facts: { network: { blockedHosts: [host] } },
  source: `${BLOCKED} [U]`,
  ...row,
})

const NONE = { recovery: { by: 'none' }, ends: 'failed' } as const
const LET_THROUGH = 'Nothing at the device helps. The administrator lets the hosts through: "oobe network hosts".'

const FIREWALLS: readonly Fault[] = [
  firewall('autopilot-service', 'ztd.dds.microsoft.test', {
    base: 'wifi',
    page: 'autopilotProfile',
    code: CODE.cannotConnect,
    in: 'log',
    recovery: { by: 'none' },
    ends: 'withoutAutopilot',
    help: 'The device is set up as one of no school. Let the hosts through, and restart it.',
  }),
  firewall('sign-in', 'login.microsoftonline.test', {
    base: 'wifi',
    page: 'signIn',
    code: CODE.identityProviderBlocked,
    help: LET_THROUGH,
    ...NONE,
    source: 'oobe-autopilot-esp.md, 4.9 [S]',
  }),
  firewall('join', 'enterpriseregistration.windows.test', {
    base: 'wifi',
    page: 'deviceJoin',
    code: CODE.cannotConnect,
    help: LET_THROUGH,
    ...NONE,
  }),
  firewall('enrolment', 'enrollment.manage.microsoft.test', {
    base: 'wifi',
    page: 'enrollment',
    code: CODE.enrollmentConnectivity,
    help: LET_THROUGH,
    ...NONE,
  }),
  firewall('attestation', '*.microsoftaik.azure.test', {
    base: 'selfDeploying',
    page: 'tpmAttestation',
    code: CODE.cannotConnect,
    help: LET_THROUGH,
    ...NONE,
  }),
  firewall('updates', 'fe2.update.microsoft.test', {
    base: 'wifi',
    page: 'qualityUpdates',
    code: CODE.cannotConnect,
    recovery: { by: 'person', press: 'skip' },
    ends: 'asBefore',
    help: 'The first boot continues without updates; the person skips the page of quality updates.',
    source: `${BLOCKED} [D]`,
  }),
]

export const NETWORK_FAULTS: readonly Fault[] = [
  ...AWAY,
  ...FIRST_PAGES,
  ...PROBES,
  ...BY_SERVICE,
  ...FIREWALLS,
  ...SCHOOL_NETWORK_FAULTS,
]
