import * as v from 'valibot'
import type { ByTry } from '../../domain/by-try.ts'
import { isInstallTime } from '../../domain/duration.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { decodeAnswer, number, object, optional, text } from '../json-answer.ts'

/** A Windows Installer package, an MSIX package, a Win32 app of the management extension, an app of the Microsoft Store, or Microsoft 365 Apps. */
export type PackageKind = 'msi' | 'msix' | 'win32' | 'store' | 'office'

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
  /** Virtual seconds that the installation takes. These three: for every try, or by try. */
  installSeconds: ByTry<number>
  /** Of msiexec or the installer: 0 success, 3010 success with a restart later, 1641 with one now, 1603 fatal error. */
  exitCode: ByTry<number>
  /** False for a package that installs, and is not found afterwards: 0x87d1041c. */
  isDetected: ByTry<boolean>
  /** Of a remediation: what its second script ends with, where the first one has found an issue. */
  remediationExitCode?: number
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

const byTry = <Value extends number | boolean>(one: v.GenericSchema<Value>) =>
  v.union([one, v.pipe(v.array(one), v.minLength(1, 'is an empty list'))], 'is not a value, or a list of values')

const CONTENT = object({
  identity: text,
  name: text,
  publisher: text,
  version: text,
  installSeconds: byTry(number),
  exitCode: byTry(number),
  isDetected: v.nullish(byTry(v.boolean('is not true or false')), false),
  remediationExitCode: optional(number),
  agent: optional(object({ provider: text, appsUrl: text })),
})

/** @throws DecodeError `ERR_APP_PACKAGE_MALFORMED`, for a package of another kind too */
export function decodeAppPackage(kind: PackageKind, bytes: Uint8Array): AppPackage {
  const all = new TextDecoder().decode(bytes)
  const signature = signatureOf(kind)
  if (!all.startsWith(signature)) throw new DecodeError(CODE, `not a package of the kind ${kind}`)
  const { agent, remediationExitCode, ...content } = decodeAnswer(all.slice(signature.length), CONTENT, CODE)
  const wrong = [content.installSeconds].flat().find((seconds) => !isInstallTime(seconds))
  if (wrong !== undefined) throw new DecodeError(CODE, `installSeconds is ${wrong}`)
  return {
    ...content,
    ...(remediationExitCode === undefined ? {} : { remediationExitCode }),
    ...(agent ? { agent } : {}),
  }
}
