import { meansHost } from './host-pattern.ts'
import { CODE } from './windows-codes.ts'

/**
 * What TLS inspection by the school's own root does to a service on a device that trusts the root. Setup does not: there, each
 * inspected host fails.
 */
export type Inspection =
  /** It does not work. */
  | 'never'
  /** It works until the device shows its certificate, which no inspection can pass on. */
  | 'withoutClientCertificate'
  /** Nothing is known that would not work. */
  | 'withTrustedRoot'
  /** It does not use TLS. */
  | 'noTls'

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
  /** The same for one of several ports, where it is another thing. */
  withoutPort?: Readonly<Record<number, string>>
  inspection: Inspection
  /** Microsoft says that inspection is not supported; else it is assumed. */
  isInspectionRefused?: true
  source: string
}

const WEB = '80, 443'
const TLS = '443'

/**
 * Hosts and ports. TLS inspection: not supported for management and attestation (reference: oobe-autopilot-esp.md, 5.2 [D]) and for the
 * Microsoft Store (Microsoft's list of Intune's endpoints [D]); how each fails, and the rest, is [U]. The effects are [D] of content, updates and push, and [U] of the others. */
const SECTION = 'oobe-autopilot-esp.md, 5.1'

export const ALLOWED_SERVICES: readonly AllowedService[] = [
  {
    service: 'connection test',
    ports: '80',
    hosts: ['*.msftconnecttest.com'],
    without: 'Windows finds no internet: the network page does not let a person continue',
    inspection: 'noTls',
    source: `${SECTION} [U]`,
  },
  {
    service: 'time',
    ports: 'UDP 123',
    hosts: ['time.windows.com'],
    without: 'the clock stays wrong, and TPM attestation, sign-in and TLS can fail later',
    inspection: 'noTls',
    source: `${SECTION} [U]`,
  },
  {
    service: 'device identity',
    ports: TLS,
    hosts: ['login.live.com', 'account.live.com'],
    without: 'the device gets no Autopilot profile',
    inspection: 'withTrustedRoot',
    source: `${SECTION} [U]`,
  },
  {
    service: 'deployment profile',
    ports: TLS,
    hosts: ['ztd.dds.microsoft.com', 'cs.dds.microsoft.com'],
    without: 'the device gets no Autopilot profile, and shows the pages of any other device',
    inspection: 'withTrustedRoot',
    source: `${SECTION} [U]`,
  },
  {
    service: 'sign-in',
    ports: WEB,
    hosts: ['login.microsoftonline.com', 'graph.windows.net'],
    without: `the sign-in page says "Something went wrong" (${CODE.identityProviderBlocked})`,
    withoutPort: {
      80: 'nothing that a first boot needs',
      443: `"Something went wrong" (${CODE.identityProviderBlocked})`,
    },
    inspection: 'withTrustedRoot',
    source: `${SECTION} [U]`,
  },
  {
    service: 'join',
    ports: WEB,
    hosts: ['enterpriseregistration.windows.net', 'certauth.enterpriseregistration.windows.net'],
    without: 'the join fails with a code that begins with 0x801c, or one of a connection',
    withoutPort: { 80: 'nothing that a first boot needs', 443: 'the join fails with the code of a connection' },
    inspection: 'withoutClientCertificate',
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
    withoutPort: { 80: 'nothing that a first boot needs', 443: 'the enrolment and each session fail' },
    inspection: 'withoutClientCertificate',
    isInspectionRefused: true,
    source: `${SECTION} [U]`,
  },
  {
    service: 'terms of use',
    ports: TLS,
    hosts: ['portal.manage.microsoft.com'],
    without: 'the sign-in cannot show the terms of use, and ends with an error',
    inspection: 'withoutClientCertificate',
    isInspectionRefused: true,
    source: `${SECTION} [U]`,
  },
  {
    service: 'discovery',
    ports: TLS,
    hosts: ['go.microsoft.com', 'config.edge.skype.com', 'ecs.office.com'],
    without: 'not known: no source tells',
    inspection: 'withTrustedRoot',
    source: `${SECTION} [U]`,
  },
  {
    service: 'Win32 apps',
    ports: WEB,
    hosts: ['a', 'b', 'c', 'd', 'in'].flatMap((place) =>
      ['01', '02'].map((number) => `swd${place}${number}-mscdn.manage.microsoft.com`),
    ),
    without: 'Win32 apps fail on the status page',
    withoutPort: { 80: 'nothing: content comes by TLS', 443: 'Win32 apps fail on the status page' },
    inspection: 'withoutClientCertificate',
    isInspectionRefused: true,
    source: `${SECTION} [U]`,
  },
  {
    service: 'Delivery Optimization',
    ports: WEB,
    hosts: ['*.do.dsp.mp.microsoft.com', '*.dl.delivery.mp.microsoft.com'],
    without: 'downloads come without other devices, and take longer',
    withoutPort: { 80: 'content comes by other ways', 443: 'no other devices are found' },
    inspection: 'withTrustedRoot',
    source: `${SECTION} [D]`,
  },
  {
    service: 'push notifications',
    ports: TLS,
    hosts: ['*.notify.windows.com', '*.wns.windows.com'],
    without: 'the first boot continues; Intune cannot call a device before its next check-in',
    inspection: 'withTrustedRoot',
    source: `${SECTION} [D]`,
  },
  {
    service: 'TPM attestation',
    ports: TLS,
    hosts: ['*.microsoftaik.azure.net', 'ekop.intel.com', 'ekcert.spserv.microsoft.com', 'ftpm.amd.com'],
    without: 'self-deploying and pre-provisioning fail at "Securing your hardware"',
    inspection: 'never',
    isInspectionRefused: true,
    source: `${SECTION} [U]`,
  },
  {
    service: 'diagnostics in the portal',
    ports: TLS,
    hosts: ['lgmsapeweu.blob.core.windows.net'],
    without: 'Intune shows no diagnostics of a first boot that failed',
    inspection: 'withTrustedRoot',
    source: `${SECTION} [U]`,
  },
]

/** What TLS inspection does to a host, for a device that trusts its root. */
export const inspectionOf = (host: string): Inspection =>
  ALLOWED_SERVICES.find(({ hosts }) => hosts.some((rule) => meansHost(rule, host)))?.inspection ?? 'withTrustedRoot'

/** What the table has no hosts for, because Microsoft lists them elsewhere or because they are of the school. */
export const ALLOWED_BESIDE: readonly Omit<AllowedService, 'hosts'>[] = [
  {
    service: 'DNS and DHCP of the school',
    ports: '53, 67',
    without: 'there is no network',
    inspection: 'noTls',
    source: `${SECTION} [D]`,
  },
  {
    service: 'Windows Update, whose hosts have another list',
    ports: WEB,
    without: 'the first boot continues without critical updates',
    withoutPort: { 80: 'downloads of updates fail', 443: 'no updates are found' },
    inspection: 'withTrustedRoot',
    source: `${SECTION} [D]`,
  },
  {
    service: 'Microsoft Store, whose hosts have another list',
    ports: TLS,
    without: 'the first boot continues without apps of the Store',
    inspection: 'never',
    isInspectionRefused: true,
    source: `${SECTION} [D]`,
  },
  {
    service: 'revocation lists of certificate authorities',
    ports: '80',
    without: 'connections begin late',
    inspection: 'noTls',
    source: `${SECTION} [U]`,
  },
  {
    service: 'other devices of the school, for Delivery Optimization',
    ports: '7680, UDP 3544',
    without: 'each device downloads all itself',
    inspection: 'noTls',
    source: `${SECTION} [D]`,
  },
]
