import type { Endpoints } from '../domain/endpoints.ts'
import type { HttpRequest, HttpResponse, Peer } from '../domain/http.ts'
import { DecodeError } from '../domain/trouble.ts'
import { handleAttestationChallenge } from './attestation/challenge.ts'
import { handleAttestationProof } from './attestation/proof.ts'
import { handleAmdEk, handleIntelEk, handleQualcommEk, handleVendorAuthority } from './attestation/vendor-services.ts'
import { handleLookup } from './autopilot/lookup.ts'
import { handleConnectivityProbe } from './connectivity/connectivity.ts'
import { handleContent } from './content/content.ts'
import { handleDiscovery, handleDiscoveryCheck } from './enrollment/discovery.ts'
import { handleEnrollment } from './enrollment/enrollment.ts'
import { handlePolicies } from './enrollment/policies.ts'
import { handleTermsAnswer, handleTermsOfUse } from './enrollment/terms-of-use.ts'
import { handleWebSignInForm, handleWebSignInPage } from './enrollment/web-sign-in.ts'
import { handleAuthorize, handleFederatedLogin, handleLogin, handleNewPassword } from './entra/authorize.ts'
import { handleCredentialType } from './entra/credential-type.ts'
import { handleDeviceCode, handleDeviceForm, handleDevicePage } from './entra/device-code.ts'
import { handleDeviceJoin } from './entra/device-join.ts'
import { handleFederationForm, handleFederationPage } from './entra/federation.ts'
import { handleHelloKey } from './entra/hello-key.ts'
import { handleInstanceDiscovery } from './entra/instance-discovery.ts'
import { handleKeys, handleMetadata } from './entra/metadata.ts'
import { handleUserRealm } from './entra/realm.ts'
import { handleRegistrationContract } from './entra/registration-contract.ts'
import { handleBeginAuth, handleEndAuth, handleProcessAuth } from './entra/second-factor.ts'
import { handleToken } from './entra/token.ts'
import { familyOf } from './graph/families.ts'
import type { Handler } from './handler.ts'
import { handleAgentApps } from './oma-dm/agent-apps.ts'
import { handleManagement } from './oma-dm/management.ts'
import { empty, json } from './responses.ts'
import { SCEP_PATH } from './scep/certificate-profiles.ts'
import { handleScep } from './scep/scep.ts'
import type { Tenant } from './tenant.ts'
import { handleUpdateFile, handleUpdates } from './updates/updates.ts'

interface Route {
  method: HttpRequest['method']
  /** Which service: a key of the endpoints. */
  service: keyof Endpoints
  path: RegExp
  handle: Handler
}

const ROUTES: readonly Route[] = [
  { method: 'GET', service: 'connectivity', path: /^\/connecttest\.txt$/, handle: handleConnectivityProbe },
  { method: 'POST', service: 'deployment', path: /^\/profiles\/lookup$/, handle: handleLookup },
  { method: 'GET', service: 'login', path: /^\/common\/userrealm\//, handle: handleUserRealm },
  { method: 'POST', service: 'login', path: /^\/common\/GetCredentialType$/, handle: handleCredentialType },
  { method: 'GET', service: 'login', path: /^\/[^/]+\/oauth2(\/v2\.0)?\/authorize$/, handle: handleAuthorize },
  { method: 'POST', service: 'login', path: /^\/[^/]+\/oauth2(\/v2\.0)?\/devicecode$/, handle: handleDeviceCode },
  { method: 'GET', service: 'login', path: /^\/devicelogin$/, handle: handleDevicePage },
  { method: 'POST', service: 'login', path: /^\/common\/oauth2\/deviceauth$/, handle: handleDeviceForm },
  { method: 'POST', service: 'login', path: /^\/[^/]+\/login$/, handle: handleLogin },
  { method: 'POST', service: 'login', path: /^\/[^/]+\/newpassword$/, handle: handleNewPassword },
  { method: 'POST', service: 'login', path: /^\/login\.srf$/, handle: handleFederatedLogin },
  { method: 'POST', service: 'login', path: /^\/common\/SAS\/BeginAuth$/, handle: handleBeginAuth },
  { method: 'POST', service: 'login', path: /^\/common\/SAS\/EndAuth$/, handle: handleEndAuth },
  { method: 'POST', service: 'login', path: /^\/common\/SAS\/ProcessAuth$/, handle: handleProcessAuth },
  {
    method: 'GET',
    service: 'login',
    path: /^\/[^/]+(\/v2\.0)?\/\.well-known\/openid-configuration$/,
    handle: handleMetadata,
  },
  { method: 'GET', service: 'login', path: /^\/[^/]+\/discovery(\/v2\.0)?\/keys$/, handle: handleKeys },
  { method: 'GET', service: 'login', path: /^\/common\/discovery\/instance$/, handle: handleInstanceDiscovery },
  { method: 'GET', service: 'federation', path: /^\/adfs\/ls\/?$/, handle: handleFederationPage },
  { method: 'POST', service: 'federation', path: /^\/adfs\/ls\/?$/, handle: handleFederationForm },
  { method: 'POST', service: 'login', path: /^\/[^/]+\/oauth2(\/v2\.0)?\/token$/, handle: handleToken },
  {
    method: 'GET',
    service: 'registration',
    path: /^(\/[^/]+)?\/enrollmentserver\/contract$/i,
    handle: handleRegistrationContract,
  },
  { method: 'POST', service: 'registration', path: /^\/EnrollmentServer\/device\/?$/, handle: handleDeviceJoin },
  { method: 'POST', service: 'registration', path: /^\/EnrollmentServer\/key\/?$/i, handle: handleHelloKey },
  { method: 'POST', service: 'attestation', path: /\/challenge$/, handle: handleAttestationChallenge },
  { method: 'POST', service: 'attestation', path: /\/proof$/, handle: handleAttestationProof },
  { method: 'GET', service: 'vendorPki', path: /^\/[^/]+\/[0-9a-f]{40}\.cer$/, handle: handleVendorAuthority },
  { method: 'GET', service: 'ekIntel', path: /^\/ekcertservice\/[^/]+$/, handle: handleIntelEk },
  { method: 'GET', service: 'ekAmd', path: /^\/pki\/aia\/[^/]+$/, handle: handleAmdEk },
  {
    method: 'GET',
    service: 'ekQualcomm',
    path: /^\/EKCertificate\/GetEKCertificate\/v1\/[^/]+$/,
    handle: handleQualcommEk,
  },
  { method: 'GET', service: 'discovery', path: /^\/enrollmentserver\/discovery\.svc$/i, handle: handleDiscoveryCheck },
  { method: 'POST', service: 'discovery', path: /^\/enrollmentserver\/discovery\.svc$/i, handle: handleDiscovery },
  { method: 'GET', service: 'discovery', path: /^\/TermsOfUse$/, handle: handleTermsOfUse },
  { method: 'POST', service: 'discovery', path: /^\/TermsOfUse$/, handle: handleTermsAnswer },
  { method: 'GET', service: 'discovery', path: /^\/EnrollmentServer\/SignIn$/, handle: handleWebSignInPage },
  { method: 'POST', service: 'discovery', path: /^\/EnrollmentServer\/SignIn$/, handle: handleWebSignInForm },
  { method: 'POST', service: 'discovery', path: /^\/enrollmentserver\/policy\.svc$/i, handle: handlePolicies },
  { method: 'POST', service: 'discovery', path: /^\/enrollmentserver\/enrollment\.svc$/i, handle: handleEnrollment },
  { method: 'POST', service: 'discovery', path: /^\/devicemanagement\/sync$/i, handle: handleManagement },
  {
    method: 'GET',
    service: 'discovery',
    path: /^\/content\/[^/]+\.(msi|msix|msixbundle|cab|intunewin)$/,
    handle: handleContent,
  },
  { method: 'GET', service: 'discovery', path: /^\/agent\/apps$/, handle: handleAgentApps },
  { method: 'GET', service: 'discovery', path: SCEP_PATH, handle: handleScep },
  { method: 'POST', service: 'discovery', path: SCEP_PATH, handle: handleScep },
  { method: 'POST', service: 'updates', path: /^\/ClientWebService\/client\.asmx$/, handle: handleUpdates },
  { method: 'GET', service: 'updates', path: /^\/files\/[^/]+$/, handle: handleUpdateFile },
]

/** Any method below a version, one that there is not too, or anything at all at its own host: Microsoft Graph has its own table. */
const isGraph = (services: readonly (keyof Endpoints)[], pathname: string): boolean =>
  services.includes('graph') && (services.length === 1 || /^\/+(v\d+(\.\d+)?|beta)(\/|$)/i.test(pathname))

/** A path of Graph's without a version, where no other service has that path. */
const isOfGraph = (services: readonly (keyof Endpoints)[], pathname: string): boolean =>
  services.includes('graph') && familyOf(pathname.split('/').slice(1)) !== 'gateway'

/** Replaces in a host the authority that it is named after. */
const ANY = 'any-authority'

/** One router for every way in: called directly, through MSW, over HTTPS. */
export function createMockService(
  tenant: Tenant,
  endpoints: Endpoints,
  graph: Handler,
): (request: HttpRequest, peer: Peer) => HttpResponse {
  const hosts = new Map<string, (keyof Endpoints)[]>()
  for (const [service, url] of Object.entries(endpoints) as [keyof Endpoints, string][]) {
    const { host } = new URL(url.replace('{authority}', ANY))
    hosts.set(host, [...(hosts.get(host) ?? []), service])
  }
  // One origin for all: whatever a client or a proxy calls it, it is us.
  const [only] = hosts.size === 1 ? hosts.values() : []
  return (request, peer) => {
    const { host, pathname } = new URL(request.url)
    const services = only ?? hosts.get(host) ?? hosts.get(host.replace(/^[^.]+/, ANY)) ?? []
    const matching = ROUTES.filter((route) => services.includes(route.service) && route.path.test(pathname))
    if (isGraph(services, pathname) || (matching.length === 0 && isOfGraph(services, pathname))) {
      tenant.settle()
      return graph(request, tenant, peer)
    }
    const route = matching.find(({ method }) => method === request.method)
    if (!route) return empty(matching.length > 0 ? 405 : 404)
    try {
      tenant.settle()
      return route.handle(request, tenant, peer)
    } catch (error) {
      // A request that cannot be read is the client's mistake; anything else is ours, and loud.
      if (error instanceof DecodeError) return json(400, { error: error.code, error_description: error.message })
      if (error instanceof URIError)
        return json(400, { error: 'invalid_request', error_description: 'a bad escape in the path' })
      throw error
    }
  }
}
