import { type Endpoints, MOCK_ENDPOINTS } from './endpoints.ts'
import { plainHost } from './host-name.ts'

/** Services that a device connects to: the resource of a token is a name, and no address. */
export type ConnectedService = Exclude<keyof Endpoints, 'managementResource'>

/**
 * What a service is called in production, where a device or an administrator connects to it (reference: oobe-autopilot-esp.md, 5.1 [D];
 * Windows Update and Graph by their own lists [D]). None: the school or a maker of TPMs runs it. `{authority}` is one label.
 */
export const PRODUCTION_NAMES: Readonly<Record<ConnectedService, readonly string[]>> = {
  connectivity: ['www.msftconnecttest.com'],
  deployment: ['ztd.dds.microsoft.com'],
  login: ['login.microsoftonline.com'],
  registration: ['enterpriseregistration.windows.net'],
  federation: [],
  discovery: ['enrollment.manage.microsoft.com', 'enterpriseenrollment.manage.microsoft.com'],
  updates: ['fe2.update.microsoft.com'],
  attestation: ['{authority}.microsoftaik.azure.net'],
  graph: ['graph.microsoft.com'],
  vendorPki: [],
  ekIntel: ['ekop.intel.com'],
  ekAmd: ['ftpm.amd.com'],
  ekQualcomm: ['ekcert.spserv.microsoft.com'],
}

/**
 * Services that a first boot reaches out to and whose messages are not part of the simulation: what counts is whether the network
 * lets a device through to them (reference: oobe-autopilot-esp.md, 5.1).
 */
export const SILENT_SERVICES = {
  account: { url: 'https://login.live.test/', names: ['login.live.com', 'account.live.com'] },
  content: { url: 'https://swda01-mscdn.manage.microsoft.test/', names: ['swda01-mscdn.manage.microsoft.com'] },
  delivery: { url: 'https://geo.do.dsp.mp.microsoft.test/', names: ['geo.do.dsp.mp.microsoft.com'] },
  // [U]: the documentation says "store hosts"; this one is of its list of endpoints for apps of the Microsoft Store.
  store: { url: 'https://storeedgefd.dsp.mp.microsoft.test/', names: ['storeedgefd.dsp.mp.microsoft.com'] },
  // [U]: where Click-to-Run gets its files.
  office: { url: 'https://officecdn.microsoft.test/', names: ['officecdn.microsoft.com'] },
  push: { url: 'https://client.wns.windows.test/', names: ['client.wns.windows.com', 'client.notify.windows.com'] },
  revocation: { url: 'http://crl3.digicert.test/', names: ['crl3.digicert.com', 'crl.microsoft.com'] },
} as const satisfies Readonly<Record<string, { url: string; names: readonly string[] }>>

export type SilentService = keyof typeof SILENT_SERVICES

/**
 * Services with an IPv6 address. [U]: no list says it of all. Microsoft documents IPv6 of its sign-in, of Windows Update and of the
 * connection test.
 */
const WITH_IPV6: readonly ConnectedService[] = ['connectivity', 'login', 'updates', 'graph']

const AUTHORITY = '{authority}'
const ANY_AUTHORITY = 'any-authority'

const mockHost = (service: ConnectedService): string =>
  new URL(MOCK_ENDPOINTS[service].replace(AUTHORITY, ANY_AUTHORITY)).hostname

/** By the mock's host. */
const BY_HOST = new Map<string, readonly string[]>([
  ...(Object.keys(PRODUCTION_NAMES) as ConnectedService[]).map(
    (service) => [mockHost(service), PRODUCTION_NAMES[service]] as const,
  ),
  ...Object.values(SILENT_SERVICES).map(({ url, names }) => [new URL(url).hostname, names] as const),
])

const IPV6_HOSTS = new Set(WITH_IPV6.map(mockHost))
const WITHOUT_IPV6 = new Set([...BY_HOST.keys()].filter((host) => !IPV6_HOSTS.has(host)))

/** Whether a host has an IPv6 address: any but those of services that have none. */
export function hasIpv6(host: string): boolean {
  const [, ...domain] = plainHost(host).split('.')
  return !WITHOUT_IPV6.has(plainHost(host)) && !WITHOUT_IPV6.has([ANY_AUTHORITY, ...domain].join('.'))
}

/** The names in production of the service that the mock answers for at a host; none for any other host. */
export function productionNamesOf(host: string): readonly string[] {
  const plain = plainHost(host)
  const names = BY_HOST.get(plain)
  if (names) return names
  const [authority = '', ...domain] = plain.split('.')
  return (BY_HOST.get([ANY_AUTHORITY, ...domain].join('.')) ?? []).map((name) => name.replace(AUTHORITY, authority))
}
