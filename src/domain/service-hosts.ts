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

const AUTHORITY = '{authority}'
const ANY_AUTHORITY = 'any-authority'

/** By the mock's host. */
const BY_HOST = new Map(
  (Object.keys(PRODUCTION_NAMES) as ConnectedService[]).map((service) => [
    new URL(MOCK_ENDPOINTS[service].replace(AUTHORITY, ANY_AUTHORITY)).hostname,
    PRODUCTION_NAMES[service],
  ]),
)

/** The names in production of the service that the mock answers for at a host; none for any other host. */
export function productionNamesOf(host: string): readonly string[] {
  const plain = plainHost(host)
  const names = BY_HOST.get(plain)
  if (names) return names
  const [authority = '', ...domain] = plain.split('.')
  return (BY_HOST.get([ANY_AUTHORITY, ...domain].join('.')) ?? []).map((name) => name.replace(AUTHORITY, authority))
}
