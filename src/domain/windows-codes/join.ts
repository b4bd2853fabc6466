import { because, either } from './windows-code.ts'

/** The Microsoft Entra join: facility 0x1c. */
export const JOIN_CODES = {
  joinAuthenticationFailed: either(
    '0x801c0002',
    {
      where: 'an answer of the registration service',
      why: 'The registration service does not accept what the device or the person showed.',
      source: 'mdm-protocols.md, 4.2',
    },
    {
      where: 'the certificate of the join',
      why: 'The certificate that came back is not for the key of this device.',
      source: 'mdm-protocols.md, 4.2 [U]',
    },
  ),
  joinNotAuthorized: because(
    '0x801c0003',
    'This person may not join devices: the setting allows others, or none.',
    'oobe-autopilot-esp.md, 4.9 [S]',
  ),
  joinDeviceLimit: because(
    '0x801c000e',
    'The person has as many devices as the tenant allows.',
    'oobe-autopilot-esp.md, 4.9 [D]',
  ),
  joinServiceFailed: either(
    '0x801c0006',
    { where: 'the registration service', why: 'The registration service failed.', source: 'mdm-protocols.md, 4.2' },
    {
      where: 'trouble without a code',
      why: 'The join failed on something for which Windows has no code.',
      source: 'mdm-protocols.md, 4.2 [U]',
    },
  ),
  joinDiscoveryFailed: because(
    '0x801c0021',
    'The device did not learn where to join: the discovery was refused, or its answer cannot be read.',
    'mdm-protocols.md, 4.2',
  ),
  joinServiceBusy: because('0x801c0025', 'The registration service is busy (HTTP 503).', 'mdm-protocols.md, 4.2'),
  joinTenantNotFound: because(
    '0x801c003a',
    'No tenant has the domain that the person or the profile names.',
    'mdm-protocols.md, 4.2',
  ),
  attestationFailed: either(
    '0x801c03ea',
    {
      where: 'TPM attestation',
      why: 'The TPM could not prove itself: it refused a command, or its certificates do not fit its keys.',
      source: 'device-identity.md, 3.10 [D]',
    },
    {
      where: 'the join',
      why: 'The join with the device token failed: TPM 1.2 mode, a failed attestation, or two profiles for the device.',
      source: 'oobe-autopilot-esp.md, 4.9 [D]',
    },
  ),
  joinDirectoryFailed: either(
    '0x801c03f2',
    { where: 'the directory', why: 'The directory of the tenant failed.', source: 'mdm-protocols.md, 4.2' },
    {
      where: 'the device of the join',
      why: 'The directory does not have the device that the join names.',
      source: 'mdm-protocols.md, 4.2 [U]',
    },
  ),
  joinDeviceDeleted: because(
    '0x801c03f3',
    'The Entra object of this Autopilot device was deleted: it has to be deregistered and registered again.',
    'oobe-autopilot-esp.md, 4.9 [D]',
  ),
} as const
