import { plainHost } from './host-name.ts'

/** Base addresses of the services that a device talks to. */
export interface Endpoints {
  connectivity: string
  deployment: string
  login: string
  registration: string
  /** The school's own sign-in page, where its domain is federated. */
  federation: string
  /** The whole discovery URL: everything else of the MDM comes from its answers. */
  discovery: string
  updates: string
  /** `{authority}` is replaced by the name of the authority that issued the endorsement certificate. */
  attestation: string
  /** The administrators' side: Microsoft Graph. */
  graph: string
  /** Where simulated makers of TPMs keep the certificates of their authorities. */
  vendorPki: string
  /** Services that give the endorsement certificate of a firmware TPM. */
  ekIntel: string
  ekAmd: string
  ekQualcomm: string
  /** What the enrolment token is for. */
  managementResource: string
}

/**
 * Microsoft's host names under the reserved top-level domain `.test` (RFC 6761): recognisable, and unable to reach
 * Microsoft even if a request escaped from the mock.
 */
export const MOCK_ENDPOINTS: Endpoints = {
  connectivity: 'http://www.msftconnecttest.test',
  deployment: 'https://ztd.dds.microsoft.test',
  login: 'https://login.microsoftonline.test',
  registration: 'https://enterpriseregistration.windows.test',
  federation: 'https://sts.federation.test',
  discovery: 'https://enrollment.manage.microsoft.test/enrollmentserver/discovery.svc',
  updates: 'https://fe2.update.microsoft.test',
  attestation: 'https://{authority}.microsoftaik.azure.test/templates/Aik',
  vendorPki: 'http://pki.tpm-vendors.test',
  ekIntel: 'https://ekop.intel.test/ekcertservice',
  ekAmd: 'https://ftpm.amd.test/pki/aia',
  ekQualcomm: 'https://ekcert.spserv.microsoft.test/EKCertificate/GetEKCertificate/v1',
  graph: 'https://graph.microsoft.test',
  managementResource: 'https://enrollment.manage.microsoft.test/',
}

/** `ifx-keyid-` and the identifier of its issuer's key: Microsoft has an attestation authority for each (reference: 3.5). */
export const attestationAuthority = (vendor: string, keyIdentifier: Uint8Array): string =>
  `${vendor.toLowerCase()}-keyid-${Buffer.from(keyIdentifier).toString('hex')}`

/** The services of a mock that is served at one origin: their paths differ, so that none needs its own host. */
export const endpointsAt = (origin: string): Endpoints => ({
  connectivity: origin,
  deployment: origin,
  login: origin,
  federation: origin,
  registration: origin,
  discovery: `${origin}/EnrollmentServer/Discovery.svc`,
  updates: origin,
  attestation: `${origin}/{authority}/templates/Aik`,
  graph: origin,
  vendorPki: origin,
  ekIntel: `${origin}/ekcertservice`,
  ekAmd: `${origin}/pki/aia`,
  ekQualcomm: `${origin}/EKCertificate/GetEKCertificate/v1`,
  managementResource: `${origin}/`,
})

/** This machine, however it is spelled: `localhost`, `127.0.0.0/8`, `::1`. */
export const isLoopback = (host: string): boolean => {
  const plain = plainHost(host)
  return plain === 'localhost' || plain === '::1' || /^127(\.\d{1,3}){3}$/.test(plain)
}

const AUTHORITY = '{authority}'
/** A placeholder of the table: one label, the name of any authority. */
const ANY_AUTHORITY = 'any-authority'

/** What of a table devices connect to: the resource of a token is a name, and no address. */
export const addressesIn = (endpoints: Partial<Endpoints>): string[] =>
  Object.entries(endpoints).flatMap(([service, url]) =>
    service === 'managementResource' || url === undefined ? [] : [url],
  )

/** Whether a URL leads to one of these services: by host and port, and nothing else of its look. */
export function leadsTo(endpoints: Partial<Endpoints>): (url: string) => boolean {
  const urls = addressesIn(endpoints)
  const hosts = new Set(urls.map((url) => new URL(url.replace(AUTHORITY, ANY_AUTHORITY)).host))
  return (url) => {
    const { host } = new URL(url)
    return hosts.has(host) || hosts.has(host.replace(/^[^.]+/, ANY_AUTHORITY))
  }
}

/** Whether the mock answers there. */
export const isMockUrl = leadsTo(MOCK_ENDPOINTS)
