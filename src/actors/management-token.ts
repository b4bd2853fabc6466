import type { Secret } from '../domain/secret.ts'
import { requestDeviceToken } from '../service/device-token.ts'
import type { Bindings } from './bindings.ts'

/** What a joined device signs its requests for tokens with. */
export const deviceProof = ({ device }: Pick<Bindings, 'device'>) => ({
  certificate: device.joinCertificate!,
  key: device.key('join'),
  transportKey: device.key('transport'),
  osVersion: device.definition.windows.build,
})

/**
 * The token of the person at the device for management. One that could not be had is asked for again each time that
 * something needs it: a network that was away for a moment must not cost the whole session.
 */
export async function managementToken(bindings: Bindings, signal: AbortSignal): Promise<Secret | undefined> {
  const { device, service, memory } = bindings
  const { signIn } = memory
  if (memory.managementToken || !device.joinCertificate || !signIn) return memory.managementToken
  const scope = `${service.endpoints.managementResource}.default`
  const token = await requestDeviceToken(service, { ...signIn, scope, device: deviceProof(bindings) }, signal)
  // Another person may be at the device by now.
  if (token.ok && memory.signIn === signIn) memory.managementToken = token.value
  return memory.managementToken
}
