import { because, either } from './windows-code.ts'

/** Securing your hardware: the TPM and the attestation service. */
export const ATTESTATION_CODES = {
  attestationRetriesExceeded: either(
    '0x81039001',
    {
      where: 'TPM attestation',
      why: 'The attestation service refused the TPM as often as Windows tries; trying again later may help.',
      source: 'device-identity.md, 3.10 [D]',
    },
    {
      where: 'a TPM with an RSA-3072 endorsement key',
      why: 'The attestation service does not take endorsement keys of this length.',
      source: 'device-identity.md, 3.9 [1]',
    },
  ),
  tpmFirmwareVulnerable: because(
    '0x81039024',
    'The TPM has firmware with a known vulnerability: the maker of the device has an update.',
    'device-identity.md, 3.10 [D]',
  ),
  httpBadRequest: either(
    '0x80190190',
    {
      where: 'TPM attestation',
      why: 'The attestation service does not accept the EK certificate or the evidence (HTTP 400).',
      source: 'device-identity.md, 3.9 [1]',
    },
    {
      where: 'an enrolment or a download',
      why: 'The server answered with HTTP 400, and nothing that Windows reads.',
      source: 'mdm-protocols.md, 1.3 [O]',
    },
  ),
  httpNotFound: either(
    '0x80190194',
    {
      where: 'TPM attestation',
      why: 'Microsoft has no attestation authority for the issuer of the EK certificate (HTTP 404): nothing on the device cures it.',
      source: 'device-identity.md, 3.9 [1]',
    },
    {
      where: 'a download',
      why: 'The server has no such file (HTTP 404).',
      source: 'mdm-protocols.md, 1.3 [U]',
    },
  ),
  keyOperationNotSupported: because(
    '0x80090029',
    'The key storage provider cannot do what it was asked for: here, to attest the key of the enrolment.',
    'COM error codes, NTE_NOT_SUPPORTED [U]',
  ),
} as const
