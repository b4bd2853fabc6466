import { CODE } from './windows-codes.ts'

/** A service that a device has to reach in its first boot, for a firewall or a filter. */
export interface AllowedService {
  /** What a device does there. */
  service: string
  /** TCP, but for those that begin with `UDP`. */
  ports: string
  /** As Microsoft's lists for firewalls write them. */
  hosts: readonly string[]
  /** What happens where the hosts are blocked; of the scenarios some play it. */
  without: string
  source: string
}

const WEB = '80, 443'
const TLS = '443'

/** Hosts and ports; the effects are [D] of content, updates and push, and [U] of the others. */
const SECTION = 'oobe-autopilot-esp.md, 5.1'

export const ALLOWED_SERVICES: readonly AllowedService[] = [
  {
    service: 'connection test',
    ports: '80',
    hosts: ['*.msftconnecttest.com'],
    without: 'Windows finds no internet: the network page does not let a person continue',
    source: `${SECTION} [U]`,
  },
  {
    service: 'time',
    ports: 'UDP 123',
    hosts: ['time.windows.com'],
    without: 'the clock stays wrong, and TPM attestation, sign-in and TLS can fail later',
    source: `${SECTION} [U]`,
  },
  {
    service: 'device identity',
    ports: TLS,
    hosts: ['login.live.com', 'account.live.com'],
    without: 'the device gets no Autopilot profile',
    source: `${SECTION} [U]`,
  },
  {
    service: 'deployment profile',
    ports: TLS,
    hosts: ['ztd.dds.microsoft.com', 'cs.dds.microsoft.com'],
    without: 'the device gets no Autopilot profile, and shows the pages of any other device',
    source: `${SECTION} [U]`,
  },
  {
    service: 'sign-in',
    ports: WEB,
    hosts: ['login.microsoftonline.com', 'graph.windows.net'],
    without: `the sign-in page says "Something went wrong" (${CODE.identityProviderBlocked})`,
    source: `${SECTION} [U]`,
  },
  {
    service: 'join',
    ports: WEB,
    hosts: ['enterpriseregistration.windows.net', 'certauth.enterpriseregistration.windows.net'],
    without: 'the join fails with a code that begins with 0x801c, or one of a connection',
    source: `${SECTION} [U]`,
  },
  {
    service: 'enrolment and management',
    ports: WEB,
    hosts: [
      ...['manage.microsoft.com', '*.manage.microsoft.com', 'EnterpriseEnrollment.manage.microsoft.com'],
      '*.dm.microsoft.com',
    ],
    without: 'the enrolment fails with a code that begins with 0x8018, or one of a connection',
    source: `${SECTION} [U]`,
  },
  {
    service: 'terms of use',
    ports: TLS,
    hosts: ['portal.manage.microsoft.com'],
    without: 'the sign-in cannot show the terms of use, and ends with an error',
    source: `${SECTION} [U]`,
  },
  {
    service: 'discovery',
    ports: TLS,
    hosts: ['go.microsoft.com', 'config.edge.skype.com', 'ecs.office.com'],
    without: 'not known: no source tells',
    source: `${SECTION} [U]`,
  },
  {
    service: 'Win32 apps',
    ports: WEB,
    hosts: ['a', 'b', 'c', 'd', 'in'].flatMap((place) =>
      ['01', '02'].map((number) => `swd${place}${number}-mscdn.manage.microsoft.com`),
    ),
    without: 'Win32 apps fail on the status page',
    source: `${SECTION} [U]`,
  },
  {
    service: 'Delivery Optimization',
    ports: WEB,
    hosts: ['*.do.dsp.mp.microsoft.com', '*.dl.delivery.mp.microsoft.com'],
    without: 'downloads come without other devices, and take longer',
    source: `${SECTION} [D]`,
  },
  {
    service: 'push notifications',
    ports: TLS,
    hosts: ['*.notify.windows.com', '*.wns.windows.com'],
    without: 'the first boot continues; Intune cannot call a device before its next check-in',
    source: `${SECTION} [D]`,
  },
  {
    service: 'TPM attestation',
    ports: TLS,
    hosts: ['*.microsoftaik.azure.net', 'ekop.intel.com', 'ekcert.spserv.microsoft.com', 'ftpm.amd.com'],
    without: 'self-deploying and pre-provisioning fail at "Securing your hardware"',
    source: `${SECTION} [U]`,
  },
  {
    service: 'diagnostics in the portal',
    ports: TLS,
    hosts: ['lgmsapeweu.blob.core.windows.net'],
    without: 'Intune shows no diagnostics of a first boot that failed',
    source: `${SECTION} [U]`,
  },
]

/** What the table has no hosts for, because Microsoft lists them elsewhere or because they are of the school. */
export const ALLOWED_BESIDE: readonly Omit<AllowedService, 'hosts'>[] = [
  {
    service: 'DNS and DHCP of the school',
    ports: '53, 67',
    without: 'there is no network',
    source: `${SECTION} [D]`,
  },
  {
    service: 'Windows Update, whose hosts have another list',
    ports: WEB,
    without: 'the first boot continues without critical updates',
    source: `${SECTION} [D]`,
  },
  {
    service: 'Microsoft Store, whose hosts have another list',
    ports: TLS,
    without: 'the first boot continues without apps of the Store',
    source: `${SECTION} [D]`,
  },
  {
    service: 'revocation lists of certificate authorities',
    ports: '80',
    without: 'connections begin late',
    source: `${SECTION} [U]`,
  },
  {
    service: 'other devices of the school, for Delivery Optimization',
    ports: '7680, UDP 3544',
    without: 'each device downloads all itself',
    source: `${SECTION} [D]`,
  },
]
