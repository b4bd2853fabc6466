import { ATTESTATION_CODES } from './windows-codes/attestation.ts'
import { CONNECTION_CODES } from './windows-codes/connection.ts'
import { ENROLLMENT_CODES } from './windows-codes/enrollment.ts'
import { HELLO_CODES } from './windows-codes/hello.ts'
import { JOIN_CODES } from './windows-codes/join.ts'
import { MANAGEMENT_CODES } from './windows-codes/management.ts'
import { SIGN_IN_CODES } from './windows-codes/sign-in.ts'
import { UPDATE_CODES } from './windows-codes/updates.ts'

/** Every code of Windows that the product gives or compares with, with its causes and their sources. */
export const WINDOWS_CODES = {
  ...CONNECTION_CODES,
  ...SIGN_IN_CODES,
  ...JOIN_CODES,
  ...HELLO_CODES,
  ...ENROLLMENT_CODES,
  ...ATTESTATION_CODES,
  ...MANAGEMENT_CODES,
  ...UPDATE_CODES,
} as const

type Codes = { readonly [Key in keyof typeof WINDOWS_CODES]: (typeof WINDOWS_CODES)[Key]['code'] }

/** The codes by their keys, as Windows prints them. */
export const CODE = Object.fromEntries(Object.entries(WINDOWS_CODES).map(([key, { code }]) => [key, code])) as Codes

/** A code as the CSP tree and installers have it: a signed number of 32 bits. */
export const signedOf = (code: string): number => Number.parseInt(code, 16) | 0

/** The system error code that an HRESULT has in it, as GetLastError gives it; undefined for an HRESULT of another facility. */
export const win32Of = (code: string): number | undefined =>
  /^0x8007[0-9a-f]{4}$/.test(code) ? Number.parseInt(code.slice(-4), 16) : undefined

/** A signed number of 32 bits as Windows prints it. */
export const codeOfSigned = (result: number): string => `0x${(result >>> 0).toString(16).padStart(8, '0')}`

/** The HRESULT of a system error code, such as msiexec's results, as a signed number. */
export const signedOfSystemError = (error: number): number => (0x80070000 + error) | 0

/**
 * The HRESULT of an HTTP status, as BITS reports it, and the enrolment for an error without a fault (mdm-protocols.md, 1.3:
 * observed with 400, inferred for other statuses).
 */
export const codeOfHttpStatus = (status: number): string => `0x${(0x80190000 + status).toString(16)}`

/** A SyncML status as an administrator is shown it (reference: mdm-protocols.md, 2.6). */
export const codeOfSyncmlStatus = (status: number): string => `0x${(0x87d10000 + status).toString(16)}`

/** Whether a code is one of WinINet: a request did not get there, or nothing came back. */
export const isTransportCode = (code: string): boolean => code.startsWith('0x80072e')

/** Whether a code is an HTTP status: the device shows an error without a fault so. */
export const isHttpStatusCode = (code: string): boolean => code.startsWith('0x8019')

/** The HTTP status of trouble that has no Windows code by now: `ERR_HTTP_503`. */
export function httpStatusOf(code: string): number | undefined {
  const status = /^ERR_HTTP_(\d{3})$/.exec(code)?.[1]
  return status === undefined ? undefined : Number(status)
}

/** The HTTP status that a code is. */
export const httpStatusIn = (code: string): number => Number.parseInt(code, 16) & 0xffff

/** Whether a code is a status of SyncML. */
export const isSyncmlStatusCode = (code: string): boolean => code.startsWith('0x87d1')

/** Whether a connection failed: the errors of WinINet and WinHTTP begin so, or a proxy did not let it through. */
export const isConnectionCode = (code: string): boolean => code.startsWith('0x80072') || code === CODE.proxySignInNeeded

/** Whether a code is of the `MENROLL_E_` family. */
export const isEnrollmentCode = (code: string): boolean => code.startsWith('0x8018')

/** The Win32 error of an HRESULT that is made of one; undefined for others. Source: MS-ERREF, 2.1. */
export const win32ErrorOf = (code: string): number | undefined =>
  code.startsWith('0x8007') ? Number.parseInt(code.slice(-4), 16) : undefined

/** A request got no answer (WinHTTP), or an answer with a status that is no success. */
export const isRequestCode = (code: string): boolean => code.startsWith('0x80072') || code.startsWith('0x8019')
