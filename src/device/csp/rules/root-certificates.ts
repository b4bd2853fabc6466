import { DecodeError } from '../../../domain/trouble.ts'
import { type DecodedCertificate, decodeCertificate, thumbprint } from '../../../protocols/x509/certificate.ts'
import { nameText } from '../../../protocols/x509/read-extensions.ts'
import { ALL, below, type Csp, type NodeRule, node, READ } from '../node-rule.ts'

export const CERTIFICATE_STORES = ['Root', 'CA', 'TrustedPublisher', 'TrustedPeople', 'UntrustedCertificates'] as const

function decoded(value: string | undefined): DecodedCertificate | undefined {
  if (value === undefined || value === '') return undefined
  try {
    return decodeCertificate(Buffer.from(value, 'base64'))
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

const parentOf = (uri: string): string => uri.slice(0, uri.lastIndexOf('/'))

/** A certificate is named by its SHA-1 thumbprint; what its other nodes say follows from it. */
const isNamed = (value: string, uri: string): boolean =>
  decoded(value) !== undefined &&
  thumbprint(Buffer.from(value, 'base64')) === parentOf(uri).split('/').at(-1)?.toUpperCase()

const from = (fact: (certificate: DecodedCertificate) => string) =>
  node('chr', READ, {
    derive: (uri, read) => {
      const certificate = decoded(read(`${parentOf(uri)}/EncodedCertificate`))
      return certificate && fact(certificate)
    },
  })

const rulesOf = (store: string): NodeRule[] =>
  below(`RootCATrustedCertificates/${store}/{}`, 'both', 'RootCATrustedCertificates CSP', {
    '': node('node', ALL),
    EncodedCertificate: node('b64', ALL, { accepts: isNamed }),
    IssuedTo: from(({ subject }) => nameText(subject)),
    IssuedBy: from(({ issuer }) => nameText(issuer)),
    ValidFrom: from(({ notBefore }) => notBefore.toISOString()),
    ValidTo: from(({ notAfter }) => notAfter.toISOString()),
  })

export const rootCertificates: Csp = {
  name: 'RootCATrustedCertificates',
  version: '1.1',
  rules: CERTIFICATE_STORES.flatMap(rulesOf),
}
