import { isTokenStale } from '../device/after-reseal.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Secret } from '../domain/secret.ts'
import { type Result, success } from '../domain/trouble.ts'
import { requestDeviceToken } from '../service/entra/device-token.ts'
import { refreshTokens, type SignInSession } from '../service/entra/tokens.ts'
import type { Bindings } from './bindings.ts'
import { windowsTrouble } from './windows-trouble.ts'

/** What a joined device signs its requests for tokens with. */
const deviceProof = ({ device }: Pick<Bindings, 'device'>) => ({
  certificate: device.joinCertificate!,
  key: device.key('join'),
  transportKey: device.key('transport'),
  osVersion: device.windows.build,
})

/** A token with this device in it. One that it does not get is in the log: refused by Entra with a number, or not come by (8.6). */
export async function deviceToken(
  { device, service }: Pick<Bindings, 'device' | 'service'>,
  session: SignInSession & { scope: string },
  signal: AbortSignal,
): Promise<Result<Secret>> {
  const token = await requestDeviceToken(service, { ...session, device: deviceProof({ device }) }, signal)
  if (token.ok) return token
  const { code, text } = token.trouble
  if (code.startsWith('AADSTS')) device.log('tokenRefused', { text: safeText(text, 200) })
  else device.log('tokenFailed', { code: windowsTrouble(token.trouble).code })
  return token
}

export const managementScope = ({ service }: Pick<Bindings, 'service'>): string =>
  `${service.endpoints.managementResource}.default`

/**
 * The token of the person at the device for management. One that the device did not get is asked for again each time that
 * something needs it: a network that was away for a moment must not cost the whole session.
 */
export async function managementToken(run: Bindings, signal: AbortSignal): Promise<Secret | undefined> {
  const { device, memory } = run
  const { logon } = memory
  const isHybrid = device.disk.profile?.isHybrid === true
  if (!logon || logon.managementToken || !(device.joinCertificate || isHybrid)) return logon?.managementToken
  if (isTokenStale(device)) return undefined
  const token = await personToken(run, logon.session, signal)
  // Another person may be at the device by now.
  if (token.ok && memory.logon === logon) logon.managementToken = token.value
  return memory.logon?.managementToken
}

/** With the device in it, or without: a device that is to join a domain enrols before Microsoft Entra knows it. */
export async function personToken(run: Bindings, session: SignInSession, signal: AbortSignal): Promise<Result<Secret>> {
  const asked = { ...session, scope: managementScope(run) }
  if (run.device.joinCertificate) return deviceToken(run, asked, signal)
  const tokens = await refreshTokens(run.service, asked, signal)
  return tokens.ok ? success(tokens.value.accessToken) : tokens
}
