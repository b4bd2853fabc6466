import {
  beginRenewal,
  failRenewal,
  installRenewed,
  nextKeyLabel,
  type RenewalKind,
} from '../device/certificate-renewal.ts'
import { RENEW } from '../device/csp/rules/certificate-store.ts'
import { contextItemsOf } from '../device/enrollment-context.ts'
import type { CertificateIssuer, ManagementAccount } from '../device/management-account.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { windowsOf } from '../device/windows-version.ts'
import { safeText } from '../domain/safe-text.ts'
import { failure, type Result, success } from '../domain/trouble.ts'
import { CODE } from '../domain/windows-codes.ts'
import type { ContextItem } from '../protocols/ms-wstep/request-security-token.ts'
import { discover, requestSecurityToken } from '../service/enrollment/enroll.ts'
import { renewCertificate } from '../service/enrollment/renew-certificate.ts'
import type { Bindings } from './bindings.ts'
import { enrollingOf, LINE_LENGTH_MAX } from './device-join.ts'
import { managementToken } from './management-token.ts'

interface Renewing {
  account: ManagementAccount
  issuer: CertificateIssuer
}

function renewingOf({ management: account }: VirtualDevice): Renewing {
  if (!account?.issuer) throw new Error('a renewal without an account that knows its issuer')
  return { account, issuer: account.issuer }
}

/**
 * Another certificate, as a step of a session that is due: a failure costs no session, and the next try is days away. It has no statechart,
 * since it waits for nothing and tries nothing again.
 */
export async function renewBeforeSession(run: Bindings, kind: RenewalKind, signal: AbortSignal): Promise<void> {
  const { device } = run
  const { account } = renewingOf(device)
  beginRenewal(device, account, kind)
  const done = await tryRenewal(run, kind, signal)
  // What a service wrote is made inert before it is kept.
  if (!done.ok) {
    failRenewal(device, account, kind, { ...done.trouble, text: safeText(done.trouble.text, LINE_LENGTH_MAX) })
  }
}

async function tryRenewal(run: Bindings, kind: RenewalKind, signal: AbortSignal): Promise<Result<void>> {
  const { device } = run
  const { account, issuer } = renewingOf(device)
  const url = await issuerUrl(run, signal)
  if (!url.ok) return url
  const answer = await (kind === 'renew' ? renew : recover)(run, url.value, signal)
  if (!answer.ok) return answer
  const key = device.key(nextKeyLabel(account), issuer.bits)
  return installRenewed(device, account, kind, { text: answer.value, key })
}

/** ServerURL is a discovery service; without it the one that issued the certificate is asked. */
async function issuerUrl({ device, service }: Bindings, signal: AbortSignal): Promise<Result<string>> {
  const server = device.csp.read(`${RENEW}/ServerURL`)
  if (!server) return success(renewingOf(device).issuer.url)
  const found = await discover(service, server, enrollingOf(device), signal)
  return found.ok ? success(found.value.enrollmentServiceUrl) : found
}

function renew({ device, service }: Bindings, url: string, signal: AbortSignal): Promise<Result<string>> {
  const { account, issuer } = renewingOf(device)
  const { bits, hash, label } = issuer
  const { certificate } = account
  return renewCertificate(
    service,
    {
      url,
      deviceId: device.deviceId,
      present: { certificate, key: device.key(label, bits) },
      key: device.key(nextKeyLabel(account), bits),
      hash,
      contextItems: renewalItemsOf(device),
      now: device.clock(),
    },
    signal,
  )
}

/** Who the device is, and with what Windows: no capture of a renewal is published, and these are an assumption. */
function renewalItemsOf(device: VirtualDevice): ContextItem[] {
  const { osVersion, osEdition } = windowsOf(device.windows)
  return [
    { name: 'OSEdition', value: osEdition },
    { name: 'DeviceID', value: device.deviceId },
    { name: 'DeviceType', value: 'CIMClient_Windows' },
    { name: 'OSVersion', value: osVersion },
    { name: 'ApplicationVersion', value: osVersion },
  ]
}

/** A token of Entra says who asks: the certificate that would say it is lost. */
async function recover(run: Bindings, url: string, signal: AbortSignal): Promise<Result<string>> {
  const { device, service } = run
  const { account, issuer } = renewingOf(device)
  const token = service.means?.token ?? (await managementToken(run, signal))
  if (!token) return failure(CODE.enrollmentAuthentication, 'no token of Entra says whose device this is')
  const context = { ...enrollingOf(device), enrollmentVersion: undefined }
  const provider = encodeURIComponent(account.providerId)
  const entDmId = device.csp.read(`./Device/Vendor/MSFT/DMClient/Provider/${provider}/EntDMID`)
  const answer = await requestSecurityToken(
    service,
    {
      url,
      credential: { kind: 'token', token },
      deviceId: device.deviceId,
      key: device.key(nextKeyLabel(account), issuer.bits),
      hash: issuer.hash,
      contextItems: [
        ...contextItemsOf(device, context),
        ...(entDmId === undefined ? [] : [{ name: 'EmmDeviceId', value: entDmId }]),
      ],
      now: device.clock(),
      requestType: 'Recovery',
    },
    signal,
  )
  return answer.ok ? success(answer.value) : answer
}
