import { below, CHANGE, type Csp, node, READ } from '../node-rule.ts'

export const HEALTH = './Device/Vendor/MSFT/HealthAttestation'

/** In hexadecimal, 8 to 32 bytes. */
const isNonce = (value: string): boolean => /^([0-9a-f]{2}){8,32}$/i.test(value)

/**
 * Whether the device started as it should (reference: mdm-protocols.md, 3.6). What an attestation service would give has no value here:
 * the report, the data and its correlation ids are never there, for nothing in a simulated first boot is that service.
 */
export const healthAttestation: Csp = {
  name: 'HealthAttestation',
  version: '1.3',
  rules: below('HealthAttestation', 'device', 'HealthAttestation CSP', {
    VerifyHealth: node('null', ['Exec'], { exec: 'verifyHealth' }),
    Status: node('int', READ, { default: '0' }),
    ForceRetrieve: node('bool', CHANGE, { default: 'false' }),
    Certificate: node('chr', READ),
    Nonce: node('chr', CHANGE, { default: '', accepts: isNonce }),
    CorrelationID: node('chr', READ),
    HASEndpoint: node('chr', CHANGE, { default: 'has.spserv.microsoft.com.' }),
    TpmReadyStatus: node('int', READ),
    CurrentProtocolVersion: node('int', READ, { default: '3' }),
    PreferredMaxProtocolVersion: node('int', CHANGE, { default: '3' }),
    MaxSupportedProtocolVersion: node('int', READ, { default: '3' }),
    TriggerAttestation: node('chr', ['Exec'], { exec: 'triggerAttestation' }),
    AttestStatus: node('int', READ),
    AttestErrorMessage: node('chr', READ),
    GetAttestReport: node('chr', READ),
    GetServiceCorrelationIDs: node('chr', READ),
  }),
}
