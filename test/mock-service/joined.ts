import { newEntraDevice, objectIdOfDevice } from '../../src/mock-service/directory/entra-device.ts'
import type { Tenant } from '../../src/mock-service/tenant.ts'
import { thumbprint } from '../../src/protocols/x509/certificate.ts'

/** Puts a device into the directory as if it had joined. */
export function putJoined(tenant: Tenant, deviceId: string, certificate: Uint8Array, transportSpki: Uint8Array): void {
  const displayName = 'X'
  tenant.state.entra.joined.set(thumbprint(certificate), { deviceId, displayName, certificate, transportSpki })
  const facts = { id: objectIdOfDevice(deviceId), deviceId, displayName, registrationId: undefined }
  const at = Number.NEGATIVE_INFINITY
  tenant.directory.entra.put(at, { ...newEntraDevice({ ...facts, createdAt: at }), trustType: 'AzureAd' })
}
