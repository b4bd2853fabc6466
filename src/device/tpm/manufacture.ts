import type { TpmFacts } from '../../domain/device.ts'
import { tcgId, tpmVendor } from '../../domain/tpm-vendors.ts'
import type { KeySource } from '../../ports/keys.ts'
import { EK_CERTIFICATE_INDEX, RH } from '../../protocols/tpm/constants.ts'
import { createEkCertificate } from '../../protocols/tpm/ek-certificate.ts'
import { ekP256, ekRsa } from '../../protocols/tpm/templates.ts'
import { publicKeyOf, type TpmPublic } from '../../protocols/tpm/tpmt-public.ts'
import { spkiOf } from '../../protocols/x509/signature.ts'
import { primaryKeyOf } from './primary-keys.ts'
import { serialOf, vendorAuthorities } from './vendor-authority.ts'

/** What leaves the factory with a chip, and what its maker keeps of it. */
export interface Manufactured {
  /** Certificates by their NV index. */
  nv: ReadonlyMap<number, Uint8Array>
  /** Certificates that the maker gives to a caller that asks with the key. */
  published: readonly Uint8Array[]
  /** Certificates of the authorities that issued them. */
  authorities: readonly Uint8Array[]
}

const EXPIRED = { notBefore: new Date(Date.UTC(2000, 0, 1)), notAfter: new Date(Date.UTC(2001, 0, 1)) }
const VALIDITY = { notBefore: new Date(Date.UTC(2021, 0, 1)), notAfter: new Date(Date.UTC(2046, 0, 1)) }

/** Certifies the endorsement keys of a chip: of the seed that it left the factory with. */
export function manufacture(facts: TpmFacts, keys: KeySource): Manufactured {
  const nothing = { nv: new Map(), published: [], authorities: [] }
  if (facts.certificate === 'none' || facts.faults?.includes('noEndorsementCertificate')) return nothing
  const vendor = tpmVendor(facts.vendor)
  const { root, issuing } = vendorAuthorities(vendor, keys, !facts.faults?.includes('unknownIssuer'))
  const [major, minor] = facts.specification.revision.split('.')
  const certify = (template: TpmPublic) => {
    const { area } = primaryKeyOf(keys, facts.endorsementSeed, RH.ENDORSEMENT, template)
    const spki = spkiOf(publicKeyOf(area)!)
    return createEkCertificate({
      manufacturer: tcgId(vendor.word),
      model: vendor.model,
      version: tcgId(facts.firmware[0]),
      specification: { level: facts.specification.level, revision: Number(major) * 100 + Number(minor) },
      serial: serialOf(spki),
      issuer: issuing.name,
      issuerSpki: issuing.spki,
      issuerUrl: issuing.url,
      ...(facts.faults?.includes('certificateExpired') ? EXPIRED : VALIDITY),
      spki,
      type: area.type,
      sign: issuing.sign,
    })
  }
  const [rsa, p256] = [certify(ekRsa()), certify(ekP256())]
  const authorities = [issuing.certificate, root.certificate]
  if (facts.certificate === 'web') return { nv: new Map(), published: [rsa, p256], authorities }
  return {
    nv: new Map([
      [EK_CERTIFICATE_INDEX.rsa, rsa],
      [EK_CERTIFICATE_INDEX.p256, p256],
    ]),
    published: [],
    authorities,
  }
}
