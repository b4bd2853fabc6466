import { tpmVendor } from '../../domain/tpm-vendors.ts'
import { failure, type Result, success } from '../../domain/trouble.ts'
import { CODE } from '../../domain/windows-codes.ts'
import { decodeAnswer, object, text } from '../../protocols/json-answer.ts'
import { lookupKey } from '../../protocols/tpm/ek-lookup.ts'
import type { TpmPublic } from '../../protocols/tpm/tpmt-public.ts'
import { decodeCertificate } from '../../protocols/x509/certificate.ts'
import { readIssuerUrl } from '../../protocols/x509/read-extensions.ts'
import { ask, get, type Service, unexpectedStatus } from '../service.ts'

/** Issuers above a certificate that are looked for. */
const ISSUERS_MAX = 3

const MALFORMED = 'ERR_EK_CERTIFICATE_MALFORMED'

/** Of the service of Intel; the others answer with the certificate alone. */
const ANSWER = object({ certificate: text })

/** Asks the maker of a firmware TPM for the certificate of its endorsement key (device-identity.md section 3.3). */
export function fetchEkCertificate(
  service: Service,
  vendorId: string,
  endorsement: TpmPublic,
  signal: AbortSignal,
): Promise<Result<Uint8Array>> {
  const { certificateService, name } = tpmVendor(vendorId)
  const key = certificateService && lookupKey(certificateService, endorsement)
  if (!key) return Promise.resolve(failure(CODE.notFound, `${name} has no service for the certificate of this key`))
  const url = `${service.endpoints[certificateService]}/${key}`
  return ask(service, get(url), { operation: 'EK certificate', signal }, (response) => {
    if (response.status !== 200) return unexpectedStatus('EK certificate', response, url)
    if (certificateService !== 'ekIntel') return success(decoded(response.body))
    const { certificate } = decodeAnswer(response.body, ANSWER, MALFORMED)
    return success(decoded(new Uint8Array(Buffer.from(certificate, 'base64url'))))
  })
}

/** The certificates above one, as far as they say where their issuer's is to be had. One that is not there ends the chain. */
export async function fetchIssuers(
  service: Service,
  certificate: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array[]> {
  const issuers: Uint8Array[] = []
  let url = readIssuerUrl(decodeCertificate(certificate).extensions)
  while (url !== undefined && issuers.length < ISSUERS_MAX) {
    const asked = url
    const answer = await ask(service, get(asked), { operation: 'EK issuer certificate', signal }, (response) =>
      response.status === 200
        ? success(decoded(response.body))
        : unexpectedStatus('EK issuer certificate', response, asked),
    )
    if (!answer.ok) break
    issuers.push(answer.value)
    url = readIssuerUrl(decodeCertificate(answer.value).extensions)
  }
  return issuers
}

/** The same bytes, once they have proved to be a certificate. */
function decoded(der: Uint8Array): Uint8Array {
  decodeCertificate(der)
  return der
}
