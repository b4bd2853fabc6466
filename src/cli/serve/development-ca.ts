import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { freshBytes, freshRsaKey } from '../../ports/fresh-keys.ts'
import { createCertificate } from '../../protocols/x509/certificate.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  EXTENDED_KEY_USAGE,
  extendedKeyUsage,
  keyUsage,
  subjectKeyIdentifier,
} from '../../protocols/x509/extensions.ts'
import { onlyFor, serverNames } from '../../protocols/x509/server-names.ts'

/** PEM. */
export interface DevelopmentCa {
  key: string
  certificate: string
}

const DAY_MS = 86_400_000
const NAME = [{ type: 'CN' as const, value: 'oobe-sim development CA' }]

const spkiOf = (key: KeyObject): Uint8Array =>
  new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }))
const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END CERTIFICATE-----\n`

function serialNumber(): Uint8Array {
  const serial = freshBytes(16)
  serial[0] = (serial[0]! & 0x7f) | 0x40
  return serial
}

/** This machine's own authority. A program that has its key can vouch for names of this machine only. */
export function createDevelopmentCa(now: number): DevelopmentCa {
  const key = freshRsaKey()
  const spki = spkiOf(key)
  const certificate = createCertificate({
    serial: serialNumber(),
    issuer: NAME,
    subject: NAME,
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + 825 * DAY_MS),
    spki,
    sign: (tbs) => new Uint8Array(sign('sha256', tbs, key)),
    extensions: [
      basicConstraints({ ca: true, pathLength: 0 }),
      keyUsage('keyCertSign', 'cRLSign'),
      onlyFor(['localhost'], [{ address: '127.0.0.0', mask: '255.0.0.0' }]),
      subjectKeyIdentifier(spki),
    ],
  })
  return { key: key.export({ type: 'pkcs8', format: 'pem' }) as string, certificate: pem(certificate) }
}

/** A certificate for `localhost` and 127.0.0.1, made anew at each start. PEM, with its key. */
export function createServerCertificate(ca: DevelopmentCa, now: number): { key: string; certificate: string } {
  const issuerKey = createPrivateKey(ca.key)
  const key = freshRsaKey()
  const spki = spkiOf(key)
  const certificate = createCertificate({
    serial: serialNumber(),
    issuer: NAME,
    subject: [{ type: 'CN', value: 'localhost' }],
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + 397 * DAY_MS),
    spki,
    sign: (tbs) => new Uint8Array(sign('sha256', tbs, issuerKey)),
    extensions: [
      basicConstraints({ ca: false }),
      keyUsage('digitalSignature', 'keyEncipherment'),
      extendedKeyUsage(EXTENDED_KEY_USAGE.serverAuth),
      serverNames(['localhost'], ['127.0.0.1']),
      subjectKeyIdentifier(spki),
      authorityKeyIdentifier(spkiOf(issuerKey)),
    ],
  })
  return { key: key.export({ type: 'pkcs8', format: 'pem' }) as string, certificate: pem(certificate) }
}
