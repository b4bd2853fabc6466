import type { TpmFacts } from '../../domain/device.ts'
import { attestationAuthority, MOCK_ENDPOINTS } from '../../domain/endpoints.ts'
import { tpmVendor } from '../../domain/tpm-vendors.ts'
import type { KeySource } from '../../ports/keys.ts'
import { EK_CERTIFICATE_INDEX, EK_HANDLE } from '../../protocols/tpm/constants.ts'
import { lookupKey } from '../../protocols/tpm/ek-lookup.ts'
import { offlineDeviceId } from '../../protocols/tpm/public-area.ts'
import { publicKeyOf, type TpmPublic } from '../../protocols/tpm/tpmt-public.ts'
import { decodeCertificate } from '../../protocols/x509/certificate.ts'
import type { NameAttribute } from '../../protocols/x509/name.ts'
import { readAlternativeDirectoryName, readAuthorityKeyIdentifier } from '../../protocols/x509/read-extensions.ts'
import { spkiOf } from '../../protocols/x509/signature.ts'
import { lockoutOf } from './attestation.ts'
import { TpmClient } from './client.ts'
import { readCertificate } from './endorsement-certificate.ts'
import { manufacture } from './manufacture.ts'
import { readinessOf } from './readiness.ts'
import { startedTpm } from './started-tpm.ts'

/** What there is to know of a device's TPM 2.0, as Windows would find it. */
export interface TpmDescription {
  facts: TpmFacts
  vendorName: string
  /** `IsReadyInformation`; 0 is ready. */
  readiness: number
  lockout: Awaited<ReturnType<typeof lockoutOf>>
  endorsementKeys: DescribedKey[]
  /** Issuing authority and root of the certificates, in DER. */
  authorities: readonly Uint8Array[]
}

export interface DescribedKey {
  type: 'RSA-2048' | 'P-256'
  handle: number
  /** Hexadecimal. */
  name: string
  /** Of the RSA key: what a hardware hash has of it, hexadecimal. */
  offlineDeviceId?: string
  certificate?: DescribedCertificate
}

export interface DescribedCertificate {
  der: Uint8Array
  /** The NV index, or the service that has it. */
  from: string
  subject: readonly NameAttribute[]
  alternativeName: readonly NameAttribute[]
  issuer: readonly NameAttribute[]
  /** Hexadecimal. */
  issuerKeyIdentifier: string
  /** Hexadecimal. */
  serial: string
  notBefore: Date
  notAfter: Date
  isForThisKey: boolean
  /** Where the device would have it attested. */
  attestationUrl: string
}

const KEYS = [
  { type: 'RSA-2048', handle: EK_HANDLE.rsa, index: EK_CERTIFICATE_INDEX.rsa },
  { type: 'P-256', handle: EK_HANDLE.p256, index: EK_CERTIFICATE_INDEX.p256 },
] as const

/** Asks a device's TPM. A certificate that is at its maker's is described as the maker has it. */
export async function describeTpm(facts: TpmFacts, keys: KeySource): Promise<TpmDescription> {
  const client = new TpmClient(await startedTpm({ facts, keys, clock: () => 0 }, { write: () => {} }))
  const made = manufacture(facts, keys)
  const endorsementKeys: DescribedKey[] = []
  for (const [position, { type, handle, index }] of KEYS.entries()) {
    const read = await client.readPublic(handle)
    if (!read.ok) throw new Error(`the built-in TPM has no key at 0x${handle.toString(16)}`)
    const { publicArea, name } = read.value
    const inChip = await readCertificate(client, index)
    const url = publishedAt(facts, publicArea)
    const der = inChip ?? (url && made.published[position])
    const from = inChip ? `NV index 0x${index.toString(16).padStart(8, '0')}` : (url ?? '')
    endorsementKeys.push({
      type,
      handle,
      name: hex(name),
      ...(publicArea.type === 'rsa' ? { offlineDeviceId: hex(offlineDeviceId(publicArea.unique)) } : {}),
      ...(der ? { certificate: describeCertificate(der, from, facts, publicArea) } : {}),
    })
  }
  const lockout = await lockoutOf(client)
  const isFetched = !facts.faults?.includes('certificateFetchBlocked') || facts.certificate !== 'web'
  const hasCertificate = endorsementKeys[0]?.certificate !== undefined && isFetched
  return {
    facts,
    vendorName: tpmVendor(facts.vendor).name,
    readiness: readinessOf(facts, { hasCertificate, isLocked: lockout.counter >= lockout.max }),
    lockout,
    endorsementKeys,
    authorities: made.authorities,
  }
}

/** Where the maker of a firmware TPM has the certificate of a key. */
function publishedAt({ vendor }: TpmFacts, key: TpmPublic): string | undefined {
  const { certificateService } = tpmVendor(vendor)
  const name = certificateService && lookupKey(certificateService, key)
  return name && `${MOCK_ENDPOINTS[certificateService]}/${name}`
}

function describeCertificate(der: Uint8Array, from: string, facts: TpmFacts, key: TpmPublic): DescribedCertificate {
  const { subject, issuer, serial, notBefore, notAfter, spki, extensions } = decodeCertificate(der)
  const issuerKey = readAuthorityKeyIdentifier(extensions) ?? new Uint8Array(0)
  const authority = attestationAuthority(facts.vendor, issuerKey)
  return {
    der,
    from,
    subject,
    alternativeName: readAlternativeDirectoryName(extensions) ?? [],
    issuer,
    issuerKeyIdentifier: hex(issuerKey),
    serial: hex(serial),
    notBefore,
    notAfter,
    isForThisKey: Buffer.compare(spkiOf(publicKeyOf(key)!), spki) === 0,
    attestationUrl: MOCK_ENDPOINTS.attestation.replace('{authority}', authority),
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
