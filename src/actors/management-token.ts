import { isTokenStale } from '../device/after-reseal.ts'
import type { Secret } from '../domain/secret.ts'
import { requestDeviceToken } from '../service/entra/device-token.ts'
import type { Bindings } from './bindings.ts'

/** What a joined device signs its requests for tokens with. */
export const deviceProof = ({ device }: Pick<Bindings, 'device'>) => ({
  certificate: device.joinCertificate!,
  key: device.key('join'),
  transportKey: device.key('transport'),
  osVersion: device.windows.build,
})

export const managementScope = ({ service }: Pick<Bindings, 'service'>): string =>
  `${service.endpoints.managementResource}.default`

/**
 * The token of the person at the device for management. One that the device did not get is asked for again each time that
 * something needs it: a network that was away for a moment must not cost the whole session.
 */
export async function managementToken(run: Bindings, signal: AbortSignal): Promise<Secret | undefined> {
  const { device, service, memory } = run
  const { logon } = memory
  if (!logon || logon.managementToken || !device.joinCertificate) return logon?.managementToken
  if (isTokenStale(device)) return undefined
  const request = { ...logon.session, scope: managementScope(run), device: deviceProof(run) }
  const token = await requestDeviceToken(service, request, signal)
  // Another person may be at the device by now.
  if (token.ok && memory.logon === logon) logon.managementToken = token.value
  return memory.logon?.managementToken
}
