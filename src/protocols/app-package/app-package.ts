import { isInstallTime } from '../../domain/duration.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { decodeAnswer, flag, number, object, optional, text } from '../json-answer.ts'

/** A Windows Installer package, an MSIX package, or a Win32 app of the management extension. */
export type PackageKind = 'msi' | 'msix' | 'win32'

/**
 * The stand-in for a package. A real one is run by an installer; this one says how that would have gone. Ours alone:
 * nothing outside this project makes or reads it.
 */
export interface AppPackage {
  /** Product code of an MSI, package family name of an MSIX, id of a Win32 app. */
  identity: string
  name: string
  publisher: string
  version: string
  /** Virtual seconds that the installation takes. */
  installSeconds: number
  /** Of msiexec or the installer: 0 success, 3010 success with a restart later, 1641 with one now, 1603 fatal error. */
  exitCode: number
  /** False for a package that installs, and is not found afterwards: 0x87d1041c. */
  isDetected: boolean
  /** For a management extension: under which name it registers, and where it asks for its apps. */
  agent?: {
    provider: string
    /** Relative to where the package came from. */
    appsUrl: string
  }
}

const CODE = 'ERR_APP_PACKAGE_MALFORMED'
const signatureOf = (kind: PackageKind): string => `OOBE-SIM-${kind.toUpperCase()}/1\n`

export const encodeAppPackage = (kind: PackageKind, content: AppPackage): Uint8Array =>
  new TextEncoder().encode(signatureOf(kind) + JSON.stringify(content))

const CONTENT = object({
  identity: text,
  name: text,
  publisher: text,
  version: text,
  installSeconds: number,
  exitCode: number,
  isDetected: flag,
  agent: optional(object({ provider: text, appsUrl: text })),
})

/** @throws DecodeError `ERR_APP_PACKAGE_MALFORMED`, for a package of another kind too */
export function decodeAppPackage(kind: PackageKind, bytes: Uint8Array): AppPackage {
  const all = new TextDecoder().decode(bytes)
  const signature = signatureOf(kind)
  if (!all.startsWith(signature)) throw new DecodeError(CODE, `not a package of the kind ${kind}`)
  const { agent, ...content } = decodeAnswer(all.slice(signature.length), CONTENT, CODE)
  if (!isInstallTime(content.installSeconds)) {
    throw new DecodeError(CODE, `installSeconds is ${content.installSeconds}`)
  }
  return { ...content, ...(agent ? { agent } : {}) }
}
