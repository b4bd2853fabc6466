import { CODE, codeOfSigned, signedOf } from '../domain/windows-codes.ts'

/**
 * How an installation failed, for the event log.
 *
 * @param exitCode of the installer
 * @param hresult what came of it, as a signed number
 */
export function failureText(exitCode: number, hresult: number): string {
  if (hresult === signedOf(CODE.appNotDetected)) return `exit code ${exitCode}, and not detected afterwards`
  if (hresult === signedOf(CODE.timedOut)) return 'it took longer than its time limit'
  return `exit code ${exitCode}, ${codeOfSigned(hresult)}`
}

/** Where no installer ran. */
export const NOT_HERE = 'its package could not be downloaded'
export const NOT_COMPUTED = 'detection failed: the certificate of the management extension is not valid any more'
export const FORBIDDEN = 'forbidden by the policy of Windows 11 SE'
