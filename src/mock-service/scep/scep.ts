import type { CertificateProfileDefinition } from '../../domain/tenant.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { seal, unseal } from '../../protocols/cms/enveloped-data.ts'
import { certificatesOnly } from '../../protocols/cms/signed-data.ts'
import {
  decodePkiMessage,
  encodePkiMessage,
  PKI_MESSAGE_TYPE,
  type PkiMessage,
  type SignedPkiMessage,
} from '../../protocols/scep/pki-message.ts'
import {
  type DecodedCertificationRequest,
  decodeCertificationRequest,
  verifyCertificationRequest,
} from '../../protocols/x509/certification-request.ts'
import type { Handler } from '../handler.ts'
import { reply } from '../responses.ts'
import type { Tenant } from '../tenant.ts'
import { challengeOf, isPkcs, SCEP_PATH } from './certificate-profiles.ts'

/** What this authority can (RFC 8894, 3.5.2). */
const CAPABILITIES = ['AES', 'POSTPKIOperation', 'SCEPStandard', 'SHA-256']

/** The school's authority for the certificates of its profiles (RFC 8894). */
export const handleScep: Handler = (request, tenant) => {
  const { pathname, searchParams } = new URL(request.url)
  const name = decodeURIComponent(SCEP_PATH.exec(pathname)?.[1] ?? '')
  const profile = tenant.definition.certificateProfiles.find((one) => one.name === name && !isPkcs(one))
  const authority = tenant.authority('cloud-pki')
  switch (searchParams.get('operation')) {
    case 'GetCACaps':
      return reply(200, 'text/plain', `${CAPABILITIES.join('\r\n')}\r\n`)
    case 'GetCACert':
      return reply(200, 'application/x-x509-ca-cert', authority.root(tenant.now()))
    case 'PKIOperation': {
      const sent = request.method === 'POST' ? request.body : Buffer.from(searchParams.get('message') ?? '', 'base64')
      if (!profile) return reply(404, 'text/plain', `there is no profile "${name}"`)
      return reply(200, PKI_MESSAGE_TYPE, answerTo(decodePkiMessage(sent), tenant, profile))
    }
    default:
      return reply(400, 'text/plain', 'no such operation')
  }
}

function answerTo(asked: SignedPkiMessage, tenant: Tenant, profile: CertificateProfileDefinition): Uint8Array {
  const authority = tenant.authority('cloud-pki')
  const root = authority.root(tenant.now())
  const key = tenant.keys.rsa2048(tenant.keySeed, 'cloud-pki')
  const random = (length: number): Uint8Array => bytesOf(tenant, length)
  const answer = (facts: Partial<PkiMessage>): Uint8Array =>
    encodePkiMessage(
      {
        type: 'answer',
        transactionId: asked.transactionId,
        senderNonce: random(16),
        recipientNonce: asked.senderNonce,
        envelope: new Uint8Array(),
        ...facts,
      },
      root,
      key,
    )
  if (asked.type === 'answer') return answer({ status: 'refused', failInfo: 'badRequest' })
  if (profile.answer === 'pending') return answer({ status: 'pending' })
  if (asked.type === 'poll') return answer({ status: 'refused', failInfo: 'badCertId' })
  const wanted = requestIn(asked, root, key)
  if (!wanted || !verifyCertificationRequest(wanted)) return answer({ status: 'refused', failInfo: 'badMessageCheck' })
  if (profile.answer === 'refuses' || !isOurs(wanted, tenant, profile)) {
    return answer({ status: 'refused', failInfo: 'badRequest' })
  }
  const issued = authority.issue(wanted.subject, wanted.spki, tenant.now())
  const content = certificatesOnly([issued, root])
  return answer({ status: 'issued', envelope: seal({ content, recipient: asked.signer, cipher: 'aes128', random }) })
}

function requestIn(
  asked: SignedPkiMessage,
  root: Uint8Array,
  key: Parameters<typeof unseal>[2],
): DecodedCertificationRequest | undefined {
  try {
    return decodeCertificationRequest(unseal(asked.envelope, root, key))
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

/** The challenge is of a device that is enrolled here: mostly of one of the last, and a large school has many. */
const isOurs = (
  { challenge }: DecodedCertificationRequest,
  tenant: Tenant,
  profile: CertificateProfileDefinition,
): boolean =>
  [...tenant.state.management.managed.values()]
    .reverse()
    .some(({ device }) => challengeOf(profile, device.entDmId) === challenge)

function bytesOf(tenant: Tenant, length: number): Uint8Array {
  const found: Buffer[] = []
  for (let size = 0; size < length; size += 8) {
    found.push(Buffer.from(tenant.ids.guid().replaceAll('-', ''), 'hex').subarray(0, 4))
    found.push(Buffer.from(tenant.ids.guid().replaceAll('-', ''), 'hex').subarray(0, 4))
  }
  return Uint8Array.from(Buffer.concat(found).subarray(0, length))
}
