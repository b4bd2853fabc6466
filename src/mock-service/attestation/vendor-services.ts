import { createPublicKey } from 'node:crypto'
import type { HttpResponse } from '../../domain/http.ts'
import { type CertificateService, tcgId, tpmVendor } from '../../domain/tpm-vendors.ts'
import { TCG_ATTRIBUTE } from '../../protocols/tpm/ek-certificate.ts'
import { lookupKey } from '../../protocols/tpm/ek-lookup.ts'
import { ekP256, ekRsa } from '../../protocols/tpm/templates.ts'
import type { TpmPublic } from '../../protocols/tpm/tpmt-public.ts'
import { decodeCertificate } from '../../protocols/x509/certificate.ts'
import { keyIdentifierOf } from '../../protocols/x509/extensions.ts'
import { readAlternativeDirectoryName } from '../../protocols/x509/read-extensions.ts'
import type { Handler } from '../handler.ts'
import { empty, json, reply } from '../responses.ts'
import type { Tenant } from '../tenant.ts'

const DER = 'application/pkix-cert'

/** `/ekcertservice/<key>`: JSON with the certificate in it [K]. */
export const handleIntelEk: Handler = ({ url }, tenant) =>
  answer(tenant, url, 'INTC', 'ekIntel', (der, key) =>
    json(200, { pubhash: decodeURIComponent(key), certificate: Buffer.from(der).toString('base64url') }),
  )

/** `/pki/aia/<key>`; both cases of its digits are seen. */
export const handleAmdEk: Handler = ({ url }, tenant) =>
  answer(tenant, url.toLowerCase(), 'AMD', 'ekAmd', (der) => reply(200, DER, der))

/** The form of its key is an assumption. */
export const handleQualcommEk: Handler = ({ url }, tenant) =>
  answer(tenant, url, 'QCOM', 'ekQualcomm', (der) => reply(200, DER, der))

/** `/<vendor>/<key identifier>.cer`: where the certificates say that their issuers' are. */
export const handleVendorAuthority: Handler = ({ url }, tenant) => {
  const wanted = /\/([0-9a-f]{40})\.cer$/.exec(new URL(url).pathname)?.[1]
  const found = tenant.vendorRecords().authorities.find((der) => {
    return Buffer.from(keyIdentifierOf(decodeCertificate(der).spki)).toString('hex') === wanted
  })
  return found ? reply(200, DER, found) : empty(404)
}

function answer(
  tenant: Tenant,
  url: string,
  vendorId: string,
  service: CertificateService,
  respond: (der: Uint8Array, key: string) => HttpResponse,
): HttpResponse {
  const key = new URL(url).pathname.split('/').at(-1)!
  const manufacturer = tcgId(tpmVendor(vendorId).word)
  const found = tenant.vendorRecords().endorsement.find((der) => {
    const { spki, extensions } = decodeCertificate(der)
    const maker = readAlternativeDirectoryName(extensions)?.find(({ type }) => type === TCG_ATTRIBUTE.manufacturer)
    return maker?.value === manufacturer && lookupKey(service, areaOf(spki)) === key
  })
  return found ? respond(found, key) : empty(404)
}

function areaOf(spki: Uint8Array): TpmPublic {
  const jwk = createPublicKey({ key: Buffer.from(spki), type: 'spki', format: 'der' }).export({ format: 'jwk' })
  const part = (name: 'n' | 'x' | 'y') => new Uint8Array(Buffer.from(jwk[name] as string, 'base64url'))
  return jwk.kty === 'RSA' ? ekRsa(part('n')) : ekP256({ x: part('x'), y: part('y') })
}
