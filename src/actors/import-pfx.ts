import type { CertificateTry } from '../../machines/management/certificates.ts'
import type { CertificateOrder } from '../device/client-certificates.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { DecodeError } from '../domain/trouble.ts'
import { CODE, signedOf, win32Of } from '../domain/windows-codes.ts'
import { unseal } from '../protocols/cms/enveloped-data.ts'
import { decodePfx } from '../protocols/pkcs12/pfx.ts'
import { thumbprint } from '../protocols/x509/certificate.ts'

/** Values of `PFXCertPasswordEncryptionType` (ClientCertificateInstall CSP). */
const ENCRYPTION = { none: 0, management: 1 } as const

/** Opens a PFX that the server has sent, and keeps its certificate: the whole of its installation, since its key is with it. */
export function importPfx(device: VirtualDevice, order: CertificateOrder): CertificateTry {
  const { csp, certificates } = device
  try {
    const blob = Buffer.from(csp.read(`${order.uri}/PFXCertBlob`) ?? '', 'base64')
    const { certificate } = decodePfx(new Uint8Array(blob), passwordOf(device, order))
    certificates.installed(order, certificate)
    csp.set(`${order.uri}/Thumbprint`, 'chr', thumbprint(certificate))
    csp.set(`${order.uri}/Status`, 'int', '0')
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    certificates.givenUp(order)
    const code = CODES[error.code] ?? CODE.invalidData
    csp.set(`${order.uri}/Status`, 'int', String(win32Of(code) ?? signedOf(code)))
  }
  return { kind: 'settled' }
}

/** What the import says; that of a PFX by unknown means is assumed. */
const CODES: Readonly<Record<string, string>> = {
  ERR_PKCS12_PASSWORD: CODE.wrongPfxPassword,
  ERR_CMS_RECIPIENT: CODE.wrongPfxPassword,
  ERR_CMS_DECRYPT: CODE.wrongPfxPassword,
}

function passwordOf(device: VirtualDevice, { uri }: CertificateOrder): string {
  const { csp, management } = device
  const password = csp.read(`${uri}/PFXCertPassword`) ?? ''
  const kind = csp.readInt(`${uri}/PFXCertPasswordEncryptionType`)
  if (kind === ENCRYPTION.none) return password
  const certificate = management?.certificate
  const key = certificate && device.keyOf(certificate)
  if (kind !== ENCRYPTION.management || !key) {
    throw new DecodeError(
      'ERR_CMS_RECIPIENT',
      'the password is encrypted for a certificate that the device does not have',
    )
  }
  return Buffer.from(unseal(new Uint8Array(Buffer.from(password, 'base64')), certificate, key)).toString('utf8')
}
