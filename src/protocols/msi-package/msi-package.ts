import { DecodeError } from '../../domain/trouble.ts'
import { decodeJson } from '../json.ts'

/**
 * The stand-in for a Windows Installer package. A real package is run by msiexec; this one says how it would have
 * behaved. Ours alone: nothing outside this project makes or reads it.
 */
export interface MsiPackage {
  productCode: string
  name: string
  publisher: string
  /** Virtual seconds that the installation takes. */
  installSeconds: number
  /** What msiexec returns: 0 success, 3010 success with a restart, 1603 fatal error, 1618 another installation is running. */
  exitCode: number
  /** False for a package that installs, and is not found afterwards: 0x87d1041c. */
  isDetected: boolean
}

const SIGNATURE = 'OOBE-SIM-MSI/1\n'

export const encodeMsiPackage = (content: MsiPackage): Uint8Array =>
  new TextEncoder().encode(SIGNATURE + JSON.stringify(content))

/** @throws DecodeError `ERR_MSI_PACKAGE_MALFORMED` */
export function decodeMsiPackage(bytes: Uint8Array): MsiPackage {
  const text = new TextDecoder().decode(bytes)
  if (!text.startsWith(SIGNATURE)) throw new DecodeError('ERR_MSI_PACKAGE_MALFORMED', 'not a package')
  const json = decodeJson(text.slice(SIGNATURE.length), 'ERR_MSI_PACKAGE_MALFORMED')
  return {
    productCode: json.string('productCode'),
    name: json.string('name'),
    publisher: json.string('publisher'),
    installSeconds: json.number('installSeconds'),
    exitCode: json.number('exitCode'),
    isDetected: json.boolean('isDetected'),
  }
}
