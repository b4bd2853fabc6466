import { createHash, sign, timingSafeEqual } from 'node:crypto'
import { decodeJson } from '../../protocols/json.ts'
import { encodeJwt } from '../../protocols/jwt/jwt.ts'
import { createCertificate } from '../../protocols/x509/certificate.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  EXTENDED_KEY_USAGE,
  extendedKeyUsage,
  keyUsage,
} from '../../protocols/x509/extensions.ts'
import { spkiOf } from '../../protocols/x509/signature.ts'
import { issuerOf } from '../entra/claims.ts'
import { KEY_ID } from '../entra/issue-tokens.ts'
import type { Handler } from '../handler.ts'
import { json } from '../responses.ts'
import type { Tenant } from '../tenant.ts'
import { MALFORMED } from './evidence.ts'
import type { PendingChallenge } from './pending-challenge.ts'
import { notOurs, refuse } from './refusal.ts'

const YEAR_MS = 365 * 86_400_000

/** Second half: the opened secret buys a certificate for the attestation key, and a device token. */
export const handleAttestationProof: Handler = (request, tenant) => {
  const body = decodeJson(request.body, MALFORMED)
  const challenge = tenant.state.attestation.challenges.get(body.string('id'))
  tenant.state.attestation.challenges.delete(body.string('id'))
  const secret = Buffer.from(body.string('secret'), 'base64')
  const isRight = challenge?.secret.length === secret.length && timingSafeEqual(challenge.secret, secret)
  if (!challenge || !isRight) return refuse(notOurs('the secret is wrong'))
  const certificate = issue(tenant, challenge)
  return json(200, {
    aikCertificate: Buffer.from(certificate).toString('base64'),
    deviceToken: deviceToken(tenant, challenge.registrationId),
  })
}

/** The service's own authority: `WUS-IFX-KEYID-…`, as Microsoft's are called [1]. */
function issue(tenant: Tenant, { authority, attestationSpki, alternativeName }: PendingChallenge): Uint8Array {
  const key = tenant.keys.rsa2048('aik-service', 'attestation-root')
  const now = tenant.now()
  const serial = new Uint8Array(createHash('sha256').update('aik').update(attestationSpki).digest().subarray(0, 16))
  serial[0] = (serial[0]! & 0x7f) | 0x40
  return createCertificate({
    serial,
    issuer: [{ type: 'CN', value: `WUS-${authority.toUpperCase()} (simulated)` }],
    subject: [],
    notBefore: new Date(now),
    notAfter: new Date(now + YEAR_MS),
    spki: attestationSpki,
    sign: (tbs) => new Uint8Array(sign('sha256', tbs, key)),
    extensions: [
      alternativeName,
      basicConstraints({ ca: false }),
      keyUsage('digitalSignature'),
      extendedKeyUsage(EXTENDED_KEY_USAGE.attestationKey),
      authorityKeyIdentifier(spkiOf(key)),
    ],
  })
}

function deviceToken(tenant: Tenant, registrationId: string): string {
  const now = Math.floor(tenant.now() / 1000)
  const { entra, now: state } = tenant.directory
  const registered = state.devices.get(registrationId)
  const object = registered && entra.get(registered.entraObjectId)
  return encodeJwt(
    {
      iss: issuerOf(tenant, tenant.definition.tenantId, 2),
      iat: now,
      nbf: now - 300,
      exp: now + 3_600,
      tid: tenant.definition.tenantId,
      aud: 'urn:ms-drs:enterpriseregistration.windows.net',
      idtyp: 'device',
      scp: 'mdm_delegation',
      ...(object ? { oid: object.id, deviceid: object.deviceId } : {}),
      // Which registration has proved itself: ours, since the token is unpublished.
      ztdid: registrationId,
      upn: '',
    },
    tenant.tokenKey(),
    KEY_ID,
  )
}
