import { APP_FAULTS } from './app.ts'
import { DEVICE_FAULTS, TIME_FAULTS } from './device-and-time.ts'
import type { Fault } from './fault.ts'
import { HTTP_FAULTS } from './http.ts'
import { HYBRID_FAULTS } from './hybrid.ts'
import { IDENTITY_FAULTS } from './identity.ts'
import { NETWORK_FAULTS } from './network.ts'
import { PROTOCOL_FAULTS } from './protocol.ts'
import { TENANT_FAULTS } from './tenant.ts'
import { TLS_FAULTS } from './tls.ts'
import { TPM_FAULTS_OF_BOOT } from './tpm.ts'

/** Every fault that is known by name: the one list. test/explore/faults.test.ts plays each of them. */
export const FAULTS: readonly Fault[] = [
  ...NETWORK_FAULTS,
  ...TLS_FAULTS,
  ...HTTP_FAULTS,
  ...PROTOCOL_FAULTS,
  ...IDENTITY_FAULTS,
  ...TPM_FAULTS_OF_BOOT,
  ...TENANT_FAULTS,
  ...HYBRID_FAULTS,
  ...APP_FAULTS,
  ...DEVICE_FAULTS,
  ...TIME_FAULTS,
]
